// Who writes in the demo mailbox. Everybody and every company is invented.

/** The two accounts, by their number in the address. */
export const OWNERS = [
  {
    name: 'Robin Hale', email: 'robin@lumenport.example',
    signature: ['Robin Hale', 'Export Sales · Lumenport Lighting', 'robin@lumenport.example'],
  },
  {
    name: 'Robin Hale', email: 'sales@lumenport.example',
    signature: ['Robin Hale', 'Lumenport Lighting', 'sales@lumenport.example'],
  },
];

/** The clients, by their short names. */
export const CLIENTS = {
  weber: person('Anna Weber', 'anna.weber@elbspeicher-licht.de', 'Einkauf · Elbspeicher Licht GmbH', 'Am Kaiserkai 14, 20457 Hamburg, Germany', 'Tel. +49 40 66969 214'),
  moreau: person('Camille Moreau', 'c.moreau@atelier-moreau-eclairage.fr', 'Atelier Moreau Éclairage', '18 rue des Carmes, 69002 Lyon, France', 'Tél. +33 1 99 00 41 27'),
  whitfield: person('James Whitfield', 'james@whitfield-fittings.co.uk', 'Whitfield Fittings Ltd', '7 Canal Yard, Leeds LS1 4DX, United Kingdom', 'T: +44 113 496 0182'),
  lindqvist: person('Maja Lindqvist', 'maja.lindqvist@norrbelysning.se', 'Inköp · Norr Belysning AB', 'Storgatan 21, 903 26 Umeå, Sweden', 'Tel +46 90 465 004 12'),
  russo: person('Matteo Russo', 'm.russo@lucedelporto.it', 'Luce del Porto S.r.l.', 'Via Gramsci 9, 16126 Genova, Italy', 'Tel. +39 010 555 0134'),
  kowalski: person('Piotr Kowalski', 'p.kowalski@lampex-hurt.pl', 'Lampex Hurt Sp. z o.o.', 'ul. Składowa 4, 61-888 Poznań, Poland', 'tel. +48 61 555 01 42'),
  carter: person('Emily Carter', 'ecarter@harborside-electric.com', 'Harborside Electric Supply', '240 Atlantic Ave, Boston, MA 02110, USA', 'Phone: +1 617 555 0143'),
  ortiz: person('Daniel Ortiz', 'daniel@cascadefixture.com', 'Cascade Fixture Co.', '1801 Rainier Ave S, Seattle, WA 98144, USA', 'Phone: +1 206 555 0177'),
  quinn: person('Taylor Quinn', 'taylor@cascadefixture.com', 'Cascade Fixture Co.', '1801 Rainier Ave S, Seattle, WA 98144, USA', 'Phone: +1 206 555 0178'),
  tran: person('Trần Minh Anh', 'minhanh@denvietquang.com.vn', 'Công ty Đèn Việt Quang', '45 Nguyễn Huệ, Quận 1, TP. Hồ Chí Minh, Vietnam', 'ĐT: +84 28 5550 1180'),
  wijaya: person('Budi Wijaya', 'budi.wijaya@terangnusantara.co.id', 'PT Terang Nusantara', 'Jl. Gajah Mada 110, Jakarta 10130, Indonesia', 'Telp. +62 21 5550 1422'),
  somchai: person('Somchai Rattana', 'somchai@siamlumina.co.th', 'Siam Lumina Co., Ltd.', '88 Charoen Krung Rd, Bangkok 10100, Thailand', 'Tel. +66 2 555 0169'),
  reyes: person('Grace Reyes', 'grace.reyes@visayaslights.com.ph', 'Visayas Lights Trading', '12 Colon Street, Cebu City 6000, Philippines', 'Tel. +63 32 555 0128'),
  oliveira: person('Fernanda Oliveira', 'fernanda@clarabrasil.com.br', 'Clara Iluminação Ltda.', 'Rua Augusta 1508, São Paulo - SP, 01304-001, Brasil', 'Tel. +55 11 5550-0119'),
  batista: person('Rafael Batista', 'rafael.batista@amazonluz.com.br', 'Amazonluz Distribuidora', 'Av. Eduardo Ribeiro 520, Manaus - AM, 69010-001, Brasil', 'Tel. +55 92 5550-0131'),
  fernandez: person('Lucía Fernández', 'lucia@faroldelsur.com.ar', 'Farol del Sur S.A.', 'Av. Belgrano 845, C1092 Buenos Aires, Argentina', 'Tel. +54 11 5550-0158'),
  rojas: person('Ignacio Rojas', 'irojas@luzandina.cl', 'Luz Andina SpA', 'Av. Providencia 1204, Santiago, Chile', 'Fono +56 2 2555 0147'),
  mehta: person('Rohan Mehta', 'rohan.mehta@deepjyotilights.co.in', 'Deepjyoti Lights Pvt. Ltd.', '22 Lohar Chawl, Mumbai 400002, India', 'Mob. +91 22 5550 0164'),
  iyer: person('Lakshmi Iyer', 'lakshmi@kaveri-electricals.in', 'Kaveri Electricals', '9 Mount Road, Chennai 600002, India', 'Ph. +91 44 5550 0139'),
  sokolova: person('Ирина Соколова', 'sokolova.svet@mail.ru', 'ИП Соколова, оптовая торговля светильниками', 'г. Казань, ул. Баумана, 17', 'тел. +7 843 555-01-26'),
  petrov: person('Андрей Петров', 'a.petrov@primorsvet.ru', 'ООО «Приморсвет»', '690091, г. Владивосток, ул. Светланская, 30', 'тел. +7 423 255-50-14'),
  hassan: person('Omar Hassan', 'omar.hassan@nilelightco.com.eg', 'Nile Light Co.', '14 Talaat Harb St, Cairo 11511, Egypt', 'Tel. +20 2 5550 0173'),
  alharbi: person('Faisal Al-Harbi', 'faisal@noor-alriyadh.com.sa', 'Noor Al Riyadh Trading Est.', 'King Fahd Rd, Riyadh 12212, Saudi Arabia', 'Tel. +966 11 555 0185'),
  demir: person('Elif Demir', 'elif.demir@bogazaydinlatma.com.tr', 'Boğaz Aydınlatma A.Ş.', 'Bankalar Cad. 40, Karaköy, 34421 İstanbul, Türkiye', 'Tel. +90 212 555 01 36'),
  okafor: person('Chinedu Okafor', 'chinedu@lagosbrightways.com.ng', 'Lagos Brightways Ltd', '31 Broad Street, Lagos Island, Nigeria', 'Tel. +234 1 555 0152'),
  tanaka: person('Ken Tanaka', 'k.tanaka@akari-shokai.co.jp', 'Purchasing · Akari Shokai K.K.', '2-1-6 Honmachi, Chuo-ku, Osaka, Japan', 'TEL +81 6 5550 0141'),
  keller: person('Jonas Keller', 'jonas.keller.elektro@web.de', 'Elektro Keller, Meisterbetrieb', '', 'Mobil +49 171 5550 163'),
  danielle: person('Danielle K.', 'danielle.k.projects@gmail.com', '', '', ''),
  fair: person('LightExpo Newsletter', 'no-reply@lightexpo-news.com', '', '', ''),
};

function person(name, email, ...lines) {
  return { name, email, signature: [name, ...lines].filter(Boolean) };
}
