// What was written in the demo mailbox, and how long ago: days before today with a time of day in
// UTC (`12d 09:24`), or minutes before now (`35m`). `>` is a letter of ours, `<` the client's.

/** Threads by their short names: with whom, about what, the letters. */
export const THREADS = [
  thread('whitfield', 'Re: Lead time for emergency luminaires', [
    ['>', '13d 09:10', 'Hi James,\nthank you for the drawings. The EM-40 fits all three stairwells; our offer LP-2240 is attached.'],
    ['<', '38m', 'Hi Robin,\nthe offer looks good to us. What is the lead time for 400 pieces, and can you hold the price until the end of January?\nWe would like to place the order before our stock-take.'],
  ], { unread: true }),
  thread('hassan', 'Catalogue and MOQ for street lights', [
    ['<', '2d 10:40', 'Dear Robin,\nplease send your catalogue for 60 W and 90 W street lights, and tell us the minimum quantity for our own brand on the housing.'],
    ['>', '2d 13:05', 'Dear Omar,\nthe catalogue is attached. Your brand on the housing is possible from 300 pieces.\nShall I quote FOB or CIF Alexandria?'],
    ['<', '4h', 'Dear Robin,\nCIF Alexandria please, for 500 pieces of the 90 W. We meet the municipality on Sunday.'],
  ], { unread: true }),
  thread('russo', 'Offerta LP-2251 – marine bulkhead lights', [
    ['<', '9d 15:20', 'Hello Robin,\nwe need 180 bulkhead lights IP67 for two ferries. Could you offer with 316L housings?'],
    ['>', '2d 08:30', 'Hello Matteo,\nplease find our offer LP-2251 with 316L housings.'],
    ['>', '3h', 'Hello Matteo,\none more thing: with an order this month the test certificates are free of charge.'],
  ]),
  thread('weber', 'RFQ: 1,200 LED high bays, Hamburg warehouse', [
    ['<', '41d 08:12', 'Dear Robin,\nwe are fitting out a warehouse in Hamburg and need 1,200 LED high bays, 150 W, 4000 K, DALI.\nPlease quote DDP Hamburg, delivery in two lots.'],
    ['>', '40d 07:35', 'Dear Anna,\nthank you for your enquiry. Our quotation LP-2198 is attached: DDP Hamburg, two lots, five years of guarantee.'],
    ['<', '36d 13:48', 'Dear Robin,\nthank you, the price is within our budget. The board decides on the plan for next year in the coming weeks.'],
    ['>', '34d 08:20', 'Dear Anna,\nunderstood. I keep the price for you until the end of the quarter, and can reserve capacity for the first lot.'],
  ]),
  thread('moreau', 'Quotation LP-2217 – track lights for 14 shops', [
    ['<', '15d 09:55', 'Bonjour Robin,\nnous équipons 14 boutiques. Could you quote 640 track lights, 3000 K, CRI 95?'],
    ['>', '12d 10:15', 'Bonjour Camille,\nplease find quotation LP-2217 attached. A set of three samples is on its way to Lyon.'],
  ]),
  thread('lindqvist', 'Panels for school renovation, Umeå', [
    ['<', '72d 07:05', 'Hi Robin,\nwe plan to renovate six schools next summer and look for flicker-free panels.'],
    ['>', '71d 09:00', 'Hi Maja,\nthe PN-62 has been tested for flicker (report attached). Offer LP-2164 covers all six schools.'],
    ['>', '33d 08:45', 'Hi Maja,\nas you plan for next summer: our production plan for the spring is open now, so here are the lead times by quarter.'],
  ]),
  thread('kowalski', 'Price list 2027 – wholesale', [
    ['<', '6d 11:30', 'Dzień dobry,\nplease send us the wholesale price list for 2027 and the freight to Poznań.'],
    ['>', '5d 09:20', 'Dzień dobry Piotr,\nthe list is attached; freight to Poznań is included from 12 pallets.'],
  ], { draft: 'Dzień dobry Piotr,\na short note on the new ' }),
  thread('carter', 'Sample request: dimmable panels', [
    ['<', '19d 18:30', 'Hi Robin,\ncould you send two samples of the dimmable 2x4 panel (0–10 V) to our Boston office?'],
    ['>', '18d 14:10', 'Hi Emily,\ntwo samples left today by air, tracking number LP7741-US.'],
    ['<', '16d 20:05', 'Got them, thank you! Our engineers will test them with the Lutron dimmers.'],
    ['>', '16d 21:15', 'Great, Emily. The wiring diagram for these dimmers is attached.'],
  ]),
  thread('ortiz', 'Volume pricing for canopy lights', [
    ['<', '47d 22:50', 'Robin,\nwe need a price for 2,500 canopy lights for gas stations in WA and OR, DLC listed.'],
    ['>', '46d 15:40', 'Daniel,\nattached is our volume price with DLC numbers. Payment 30/70.'],
  ]),
  thread('quinn', 'Photometric files for the canopy lights', [
    ['<', '44d 17:15', 'Hi Robin,\nDaniel passed your offer on to me. Could you send the IES files of the canopy lights?'],
    ['>', '43d 15:20', 'Hi Taylor,\nthe IES files of all three optics are attached.'],
  ]),
  thread('tran', 'Samples of the new panel light', [
    ['<', '96d 03:25', 'Dear Robin,\nwe have received your quotation. Do you have a newer panel that sells well in Thailand?'],
    ['>', '95d 04:00', 'Dear Minh Anh,\nyes, the PN-70 is new this season. Quotation LP-2103 is attached.'],
    ['<', '94d 02:10', 'Thank you. We compare with our present supplier and come back to you.'],
    ['>', '93d 03:30', 'Thank you, Minh Anh. The market report on panel lights is attached for your comparison.'],
  ]),
  thread('wijaya', 'Penawaran: flood lights for Surabaya port', [
    ['<', '52d 02:40', 'Dear Robin,\nplease quote 220 flood lights 400 W for the port in Surabaya, anti-corrosion.'],
    ['>', '51d 03:15', 'Dear Pak Budi,\nour quotation LP-2177 is attached, with salt-spray report.'],
  ]),
  thread('somchai', 'Re: New downlight series for condominiums', [
    ['>', '30d 04:20', 'Dear Khun Somchai,\nthe new DL series is ready: deeper, with less glare. The promotion material is attached.'],
    ['<', '28d 06:55', 'Dear Robin,\nnice series. How much better is the price at 5,000 pieces?'],
    ['>', '27d 03:10', 'Dear Khun Somchai,\nat 5,000 pieces it is 8 % lower, as in the attached sheet.'],
  ]),
  thread('reyes', 'Solar garden lights, Cebu', [
    ['<', '20h', 'Hello Robin,\ngood news, our resort client likes the solar lights. Can you send the price for 350 sets to Cebu?'],
  ], { unread: true }),
  thread('oliveira', 'Cotação LP-2189 – refletores LED', [
    ['<', '101d 13:10', 'Olá Robin,\nprecisamos de 800 refletores 200 W. Please quote CIF Santos.'],
    ['>', '99d 12:30', 'Olá Fernanda,\nquotation LP-2189, CIF Santos, is attached.'],
    ['<', '97d 17:45', 'Obrigada! The quality of your product is good, but the price is 6 % above our target.'],
    ['>', '95d 12:00', 'Olá Fernanda,\nwith the simpler driver we meet your target. Revised quotation attached.'],
  ]),
  thread('batista', 'Luminárias públicas – Manaus', [
    ['<', '24d 14:35', 'Bom dia Robin,\nwe tender for 1,500 street lights in Manaus. Do you have INMETRO certificates?'],
    ['>', '23d 13:20', 'Bom dia Rafael,\nyes, certificates attached, with our quotation LP-2229.'],
  ]),
  thread('fernandez', 'PO 4500023871 – 600 linear lights', [
    ['<', '62d 14:05', 'Hola Robin,\nqueremos 600 luminarias lineales para una planta en Rosario.'],
    ['>', '61d 12:45', 'Hola Lucía,\nquotation LP-2160 attached, FOB.'],
    ['<', '8d 15:30', 'Hola Robin,\nattached is our purchase order PO 4500023871 for 600 linear lights. Please confirm.'],
    ['>', '7d 12:10', 'Hola Lucía,\nthank you very much for the order! The confirmation is attached; we ship in week 3.'],
  ]),
  thread('rojas', 'Iluminación para packing de fruta', [
    ['<', '110d 16:20', 'Estimado Robin,\nbuscamos luminarias IP66 para un packing de fruta en Rancagua.'],
    ['>', '109d 13:00', 'Estimado Ignacio,\nthe VT-66 suits food plants. Quotation LP-2081 attached.'],
  ]),
  thread('mehta', 'Fwd: Sample of 20 W batten, third variant', [
    ['<', '81d 06:20', 'Dear Robin,\nplease send one more sample of the 20 W batten, this time with the aluminium back.'],
    ['>', '80d 05:10', 'Dear Rohan,\nthe third variant went out today by courier.'],
    ['<', '70d 09:45', 'Received with thanks. Rate is still high for us. Please give your best rate for 10,000 pieces.'],
    ['>', '68d 04:50', 'Dear Rohan,\nfor 10,000 pieces our rate is in the attached sheet, valid for the quarter.'],
    ['<', '66d 07:30', 'Noted. We will discuss with our director.'],
    ['>', '65d 05:05', 'Thank you, Rohan. I am at your disposal for any technical question.'],
  ]),
  thread('iyer', 'Rate for 9 W bulbs, 4 designs', [
    ['<', '26d 10:15', 'Dear Sir,\nkindly quote rate for 9 W bulbs in 4 designs, 25,000 each, delivery Chennai port.'],
    ['>', '25d 05:40', 'Dear Lakshmi,\nour quotation LP-2226 is attached, CIF Chennai.'],
  ]),
  thread('sokolova', 'Запрос цены: светильники для магазинов', [
    ['<', '35d 07:50', 'Здравствуйте, Робин!\nПришлите, пожалуйста, цены на трековые светильники, 300 штук, с доставкой до Казани.'],
    ['>', '34d 08:30', 'Здравствуйте, Ирина!\nПредложение LP-2204 во вложении, срок поставки 35 дней.'],
  ]),
  thread('petrov', 'Прожекторы для порта, 120 шт.', [
    ['<', '10d 01:30', 'Добрый день!\nИнтересуют прожекторы 500 Вт для порта, 120 штук, исполнение УХЛ1.'],
    ['>', '9d 02:15', 'Добрый день, Андрей!\nИсполнение УХЛ1 есть, предложение LP-2248 во вложении.'],
  ]),
  thread('alharbi', 'Chandeliers for hotel lobby, Riyadh', [
    ['<', '45d 08:25', 'Dear Robin,\nour client builds a hotel in Riyadh. We need six chandeliers and 400 wall lights, see the drawings.'],
    ['>', '44d 07:00', 'Dear Faisal,\nour design and quotation LP-2183 are attached.'],
    ['<', '32d 09:10', 'The client likes design B. He is travelling and decides after his return.'],
    ['>', '31d 07:20', 'Dear Faisal,\nthank you. The 3D view of design B for his return is attached.'],
  ]),
  thread('demir', 'Fabrika aydınlatması teklif', [
    ['<', '57d 08:40', 'Merhaba Robin,\nplease quote 350 high bays for a textile factory in Bursa.'],
    ['>', '56d 09:10', 'Merhaba Elif,\nquotation LP-2170 is attached.'],
    ['>', '26d 09:30', 'Merhaba Elif,\nhere is a case study from a textile factory with the same ceiling height; they save 54 %.'],
  ]),
  thread('okafor', 'Proforma for solar street lights', [
    ['<', '74d 11:00', 'Good day Robin,\nkindly send proforma invoice for 200 sets of solar street lights to Lagos.'],
    ['>', '73d 09:25', 'Good day Chinedu,\nthe proforma LP-2150 is attached.'],
  ]),
  thread('tanaka', 'Downlights for shops, 500 pcs', [
    ['<', '38d 01:20', 'Dear Mr. Hale,\nwe would like to ask for your quotation for 500 downlights for our shops in Osaka.'],
    ['>', '37d 02:00', 'Dear Tanaka-san,\nthank you for your enquiry. Our quotation LP-2201 is attached, with PSE certificate.'],
  ]),
  thread('keller', 'Anfrage Feuchtraumleuchten', [
    ['<', '11d 16:45', 'Hallo Herr Hale,\nich brauche 80 Feuchtraumleuchten für eine Tiefgarage. Können Sie auch kleine Mengen liefern?'],
    ['>', '10d 08:05', 'Hallo Herr Keller,\nyes, from 50 pieces. Our offer LP-2244 is attached.'],
  ]),
  thread('danielle', 'Question about pendant lights', [
    ['<', '17d 19:40', 'Hi, I saw your pendant lights at a friend’s office. Do you sell to interior designers, and in which quantities?'],
    ['>', '16d 08:50', 'Hi Danielle,\nwe do, from 20 pieces. May I ask where the project is, so that I can quote the freight?'],
  ]),
  thread('fair', 'LightExpo: early-bird stands end on Friday', [
    ['<', '3d 06:00', 'Dear exhibitor,\nearly-bird prices for stands in halls 3 and 4 end on Friday. Do not reply to this message.'],
  ]),
];

function thread(client, subject, letters, { unread = false, draft = null } = {}) {
  return { client, subject, letters, unread, draft };
}
