// The mailbox's own words, and dates as its language writes them.

const WORDS = {
  en: {
    later: 'More send options', schedule: 'Schedule send', morning: 'Tomorrow morning', afternoon: 'Tomorrow afternoon', monday: 'In a week', pick: 'Pick date & time', date: 'Date', time: 'Time', scheduled: 'Send scheduled for',
    locale: 'en-US', inbox: 'Inbox', starred: 'Starred', snoozed: 'Snoozed', sent: 'Sent', drafts: 'Drafts',
    compose: 'Compose', search: 'Search mail', me: 'me', to: 'to', draft: 'Draft', unread: 'unread',
    reply: 'Reply', forward: 'Forward', send: 'Send', discard: 'Discard draft', subject: 'Subject', nobody: 'Name somebody that the letter goes to', undo: 'Undo', body: 'Message Body',
    done: 'Message sent', older: (n) => `${n} older messages`, back: 'Back to Inbox', empty: 'No conversation selected',
    account: 'Google Account', demo: 'Demo mailbox · everyone in it is invented', arrives: 'New mail arrives from', go: 'Send it',
    thanks: 'Thank you, that helps. Could you also let me have the delivery time for half the quantity?',
  },
  ru: {
    later: 'Другие варианты отправки', schedule: 'Отправить в другое время', morning: 'Завтра утром', afternoon: 'Завтра днём', monday: 'Через неделю', pick: 'Выбрать дату и время', date: 'Дата', time: 'Время', scheduled: 'Письмо будет отправлено',
    locale: 'ru', inbox: 'Входящие', starred: 'Помеченные', snoozed: 'Отложенные', sent: 'Отправленные', drafts: 'Черновики',
    compose: 'Написать', search: 'Поиск в почте', me: 'я', to: 'кому:', draft: 'Черновик', unread: 'не прочитано',
    reply: 'Ответить', forward: 'Переслать', send: 'Отправить', discard: 'Удалить черновик', subject: 'Тема', nobody: 'Укажите получателя', undo: 'Отменить', body: 'Текст письма',
    done: 'Письмо отправлено', older: (n) => `Ещё писем: ${n}`, back: 'Назад во входящие', empty: 'Цепочка не выбрана',
    account: 'Аккаунт Google', demo: 'Демонстрационный ящик · все люди вымышлены', arrives: 'Приходит письмо от', go: 'Отправить',
    thanks: 'Спасибо, это поможет. Сообщите, пожалуйста, и срок поставки для половины партии.',
  },
  zh: {
    later: '更多发送选项', schedule: '定时发送', morning: '明天上午', afternoon: '明天下午', monday: '一周后', pick: '选择日期和时间', date: '日期', time: '时间', scheduled: '邮件将发送于',
    locale: 'zh-CN', inbox: '收件箱', starred: '已加星标', snoozed: '已延后', sent: '已发邮件', drafts: '草稿',
    compose: '写邮件', search: '搜索邮件', me: '我', to: '发送至', draft: '草稿', unread: '未读',
    reply: '回复', forward: '转发', send: '发送', discard: '舍弃草稿', subject: '主题', nobody: '请添加收件人', undo: '撤销', body: '邮件正文',
    done: '邮件已发送', older: (n) => `${n} 封较早的邮件`, back: '返回收件箱', empty: '未选择任何会话',
    account: 'Google 账号', demo: '演示邮箱 · 人物均属虚构', arrives: '收到新邮件，来自', go: '发送',
    thanks: '谢谢，这很有帮助。能否也告知一半数量的交货期？',
  },
  vi: {
    later: 'Tùy chọn gửi khác', schedule: 'Lên lịch gửi', morning: 'Sáng mai', afternoon: 'Chiều mai', monday: 'Sau một tuần', pick: 'Chọn ngày và giờ', date: 'Ngày', time: 'Giờ', scheduled: 'Thư sẽ gửi lúc',
    locale: 'vi', inbox: 'Hộp thư đến', starred: 'Có gắn dấu sao', snoozed: 'Đã tạm ẩn', sent: 'Đã gửi', drafts: 'Thư nháp',
    compose: 'Soạn thư', search: 'Tìm kiếm thư', me: 'tôi', to: 'tới', draft: 'Bản nháp', unread: 'chưa đọc',
    reply: 'Trả lời', forward: 'Chuyển tiếp', send: 'Gửi', discard: 'Hủy bản nháp', subject: 'Chủ đề', nobody: 'Hãy thêm người nhận', undo: 'Hoàn tác', body: 'Nội dung thư',
    done: 'Đã gửi thư', older: (n) => `${n} thư cũ hơn`, back: 'Quay lại Hộp thư đến', empty: 'Chưa chọn cuộc trò chuyện nào',
    account: 'Tài khoản Google', demo: 'Hộp thư mẫu · mọi người đều là hư cấu', arrives: 'Có thư mới từ', go: 'Gửi',
    thanks: 'Cảm ơn anh. Anh cho tôi biết thêm thời gian giao hàng cho một nửa số lượng nhé?',
  },
  ar: {
    later: 'خيارات إرسال أخرى', schedule: 'جدولة الإرسال', morning: 'صباح الغد', afternoon: 'بعد ظهر الغد', monday: 'بعد أسبوع', pick: 'اختيار التاريخ والوقت', date: 'التاريخ', time: 'الوقت', scheduled: 'ستُرسل الرسالة في',
    locale: 'ar-EG', inbox: 'البريد الوارد', starred: 'مميز بنجمة', snoozed: 'المؤجلة', sent: 'البريد المرسَل', drafts: 'المسودات',
    compose: 'إنشاء', search: 'البحث في البريد', me: 'أنا', to: 'إلى', draft: 'مسودة', unread: 'غير مقروءة',
    reply: 'رد', forward: 'إعادة توجيه', send: 'إرسال', discard: 'تجاهل المسودة', subject: 'الموضوع', nobody: 'أضف مستلمًا', undo: 'تراجع', body: 'نص الرسالة',
    done: 'تم إرسال الرسالة', older: (n) => `${n} رسائل أقدم`, back: 'رجوع إلى البريد الوارد', empty: 'لم يتم اختيار محادثة',
    account: 'حساب Google', demo: 'صندوق بريد تجريبي · كل الأشخاص من وحي الخيال', arrives: 'رسالة جديدة من', go: 'إرسال',
    thanks: 'شكرًا لك. هل يمكنك إفادتي بموعد تسليم نصف الكمية؟',
  },
};

/** The words of a language and its ways to write an instant. */
export function speak({ lang, now, schedules }) {
  const words = WORDS[lang];
  const format = (fields) => new Intl.DateTimeFormat(words.locale, fields);
  const time = { hour: 'numeric', minute: '2-digit' };
  const day = { month: 'short', day: 'numeric' };
  const full = format({ weekday: 'short', year: 'numeric', ...day, ...time });
  const plain = format({ year: 'numeric', ...day, ...time });
  const clock = format(time);
  const short = format(day);
  const dated = format({ year: 'numeric', ...day });
  const other = format({ year: '2-digit', month: 'numeric', day: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto' });
  const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();
  return {
    ...words,
    schedules,
    /** As the dialog for sending later has them. */
    day: (at) => dated.format(at),
    clock: (at) => clock.format(at),
    dir: lang === 'ar' ? 'rtl' : 'ltr',
    /** As a row's tooltip has it. */
    full: (at) => full.format(at),
    /** As a message's tooltip has it. */
    plain: (at) => plain.format(at),
    /** As a row has it. */
    brief(at) {
      if (sameDay(at, now)) return clock.format(at);
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? short.format(at) : other.format(at);
    },
    /** How long ago, in brackets behind a message's date. */
    ago(at) {
      const hours = Math.round((at - now) / 3_600_000);
      return hours > -24 ? relative.format(hours, 'hour') : relative.format(Math.round(hours / 24), 'day');
    },
  };
}
