// A page's language, direction and title, in the words that the user chose.
"use strict";

cadence.speak = async () => {
  const { words } = cadence;
  await words.ready;
  const { body, documentElement: page } = document;
  page.lang = words.language;
  page.dir = words.message("direction");
  document.title = words.message(`title_${body.dataset.page}`);
};
