// Elements without innerHTML: the page is served with Trusted Types.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Attributes that are null or false are left out; those that are functions are
 * listeners (`onclick`); children are nodes, texts, or lists of them.
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an icon of one path, drawn on a 24-pixel grid. */
export function icon(name) {
  const path = fill(document.createElementNS(SVG, 'path'), { d: PATHS[name] }, []);
  const attributes = { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' };
  return fill(document.createElementNS(SVG, 'svg'), attributes, [path]);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

const PATHS = {
  mail: 'M4 4h16a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3m1.200 3.500L12 12.500l6.800-5-.9-1.300L12 10.500 6.100 6.200z',
  menu: 'M3 6h18v2H3zM3 11h18v2H3zM3 16h18v2H3z',
  search: 'M10 4a6 6 0 1 1 0 12 6 6 0 0 1 0-12m0 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8m5.6 8.2 5 5-1.4 1.4-5-5z',
  pen: 'M4 20h4L19.5 8.500l-4-4L4 16zm2-2v-1.200l9.500-9.500 1.200 1.200L7.200 18z',
  inbox: 'M4 4h16v16H4zm2 2v8h4a2 2 0 0 0 4 0h4V6z',
  star: 'm12 3 2.700 5.800 6.300.8-4.600 4.300 1.200 6.200L12 17l-5.600 3.100 1.200-6.200L3 9.600l6.300-.8zm0 4.800-1.400 3-3.200.4 2.400 2.200-.6 3.200 2.800-1.500 2.800 1.500-.6-3.200 2.400-2.200-3.200-.4z',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18m0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14m1 2v4.600l3.200 1.900-1 1.700L11 12.700V7z',
  sent: 'M3 4l19 8-19 8v-6l11-2-11-2z',
  draft: 'M6 3h8l5 5v13H6zm2 2v14h9V9h-4V5z',
  back: 'M20 11H7.800l5.600-5.600L12 4l-8 8 8 8 1.400-1.400L7.800 13H20z',
  reply: 'M10 9V5l-7 7 7 7v-4.100c5 0 8.500 1.600 11 5.100-1-5-4-10-11-11',
  forward: 'M14 9V5l7 7-7 7v-4.100c-5 0-8.500 1.600-11 5.100 1-5 4-10 11-11',
  archive: 'M5 3h14l2 4v14H3V7zm1.200 2-1 2h13.600l-1-2zM5 9v10h14V9zm6 2h2v3h2l-3 3-3-3h2z',
  bin: 'M9 3h6v2h5v2H4V5h5zM6 8h12v13H6zm2 2v9h8v-9z',
  refresh: 'M17.700 6.300A8 8 0 1 0 19.700 14h-2.100A6 6 0 1 1 12 6c1.700 0 3.100.7 4.200 1.800L13 11h7V4z',
  more: 'M12 5a1.600 1.600 0 1 1 0 3.200A1.600 1.600 0 0 1 12 5m0 5.400a1.600 1.600 0 1 1 0 3.200 1.600 1.600 0 0 1 0-3.200m0 5.400a1.600 1.600 0 1 1 0 3.200 1.600 1.600 0 0 1 0-3.200',
};
