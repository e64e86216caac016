// Reads a WebAssembly module: its functions with their names and their code.

/** The functions of a module that has a name section. */
export function read(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at];
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const limits = () => {
    const flags = number();
    number();
    if (flags & 1) number();
  };
  let imported = 0;
  const codes = [];
  const names = new Map();
  const sections = {
    2: () => {
      for (let n = number(); n > 0; n -= 1) {
        text();
        text();
        const kind = bytes[at];
        at += 1;
        if (kind === 0) imported += 1;
        if (kind === 1) at += 1;
        if (kind === 1 || kind === 2) limits();
        else if (kind === 3) at += 2;
        else if (kind === 4) { at += 1; number(); } else number();
      }
    },
    10: () => {
      for (let n = number(); n > 0; n -= 1) {
        const length = number();
        codes.push(bytes.subarray(at, at + length));
        at += length;
      }
    },
    0: (end) => {
      if (text() !== 'name') return;
      while (at < end) {
        const kind = bytes[at];
        at += 1;
        const past = number() + at;
        if (kind === 1) {
          for (let n = number(); n > 0; n -= 1) {
            const index = number();
            names.set(index, text());
          }
        }
        at = past;
      }
    },
  };
  while (at < bytes.length) {
    const kind = bytes[at];
    at += 1;
    const end = number() + at;
    sections[kind]?.(end);
    at = end;
  }
  return { functions: codes.map((code, n) => ({ name: names.get(imported + n) ?? '', code })) };
}

/** The crate that a function's mangled name begins with. */
export function crateOf(name) {
  const old = name.match(/^_ZN(\d+)(.*)/);
  if (old) {
    const first = old[2].slice(0, Number(old[1])).replaceAll('$LT$', '<').replaceAll('$RF$', '&').replaceAll('$u20$', ' ');
    const path = old[2].slice(0, Number(old[1])).startsWith('_$LT$') ? first.replace(/^_</, '').replace(/^&(mut )?/, '') : first;
    const crate = path.match(/^[a-z_][a-z0-9_]*/)?.[0];
    return crate && crate.length > 1 && !/^(dyn|mut|str)$/.test(crate) ? crate : 'others';
  }
  return name.match(/C[a-z]?[A-Za-z0-9]{8,14}_(\d+)([a-z_0-9]+?)(?=\d|[A-Z]|$)/)?.[2] ?? 'others';
}
