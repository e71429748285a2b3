/* Aardekast: the search of a copy, which knows words with all their forms. It is given
   window.aardekast by otsing-andmed.js (webapp/static_copy/terms.py says what that holds) and touches no page. */
"use strict";

window.searchOf = (held) => {
  // A word of the title, a part of a compound in it, a word of topics, keywords and publisher, a word of the description.
  const PLACES = [8, 4, 4, 2];
  const BEGINNING = 0.5; // of a word that was only begun, as of two words that were run together
  const NEAR = 0.3; // of a word whose end is unknown
  const LEAST = 0.1; // of what the best is worth, to be shown without all words
  const SHORTEST = 3; // letters of a beginning, and of a half of a compound
  const CUT = 3; // letters that an unknown end may have
  const ANY = 4; // letters that may follow a stem of other languages than Estonian
  const endings = held.endings.map((known) => new Set(known.split(",")));
  const stems = new Map(Object.entries(held.stems));
  const idle = new Set(held.idle);

  function folded(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss")
      .replace(/[øđłæœ]/g, (sign) => ({ ø: "o", đ: "d", ł: "l", æ: "ae", œ: "oe" })[sign]);
  }

  function wordsOf(text) {
    const found = folded(text).match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
    return found.map((word) => word.replace(/[-'’]/g, ""));
  }

  // The terms that a form leads to.
  function termsOf(form) {
    const found = new Set();
    for (let cut = 0; cut <= form.length; cut += 1) {
      const known = stems.get(form.slice(0, cut)) ?? [];
      const end = form.slice(cut);
      for (let at = 0; at < known.length; at += 2) {
        if (known[at] === 0 ? end.length <= ANY : endings[known[at]].has(end)) {
          found.add(known[at + 1]);
        }
      }
    }
    return [...found];
  }

  // The terms that begin so: they stand in the order of the alphabet.
  function termsFrom(beginning) {
    let low = 0;
    let high = held.terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (held.terms[middle][0] < beginning) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const found = [];
    for (; low < held.terms.length && held.terms[low][0].startsWith(beginning); low += 1) {
      found.push(low);
    }
    return found;
  }

  // What each document is worth for some terms, by its number.
  function worth(terms, share) {
    const found = new Map();
    for (const term of terms) {
      held.terms[term].slice(1).forEach((steps, place) => {
        let document = 0;
        for (const step of steps) {
          document += step;
          found.set(document, Math.max(found.get(document) ?? 0, PLACES[place] * share));
        }
      });
    }
    const rarity = Math.log(1 + held.documents.length / (1 + found.size));
    return new Map([...found].map(([document, value]) => [document, value * rarity]));
  }

  // Two words that were run together, or a compound that no title has: documents that have both halves.
  function halves(word) {
    for (let cut = word.length - SHORTEST; cut >= SHORTEST; cut -= 1) {
      const [first, last] = [termsOf(word.slice(0, cut)), termsOf(word.slice(cut))];
      if (first.length && last.length) {
        const [one, other] = [worth(first, BEGINNING), worth(last, BEGINNING)];
        const both = [...one].filter(([document]) => other.has(document));
        if (both.length) {
          return new Map(both.map(([document, value]) => [document, value + other.get(document)]));
        }
      }
    }
    return new Map();
  }

  function found(word) {
    const whole = worth(termsOf(word), 1);
    if (whole.size) {
      return whole;
    }
    if (word.length >= SHORTEST) {
      const begun = worth(termsFrom(word), BEGINNING);
      const parted = begun.size ? begun : halves(word);
      if (parted.size) {
        return parted;
      }
    }
    for (let cut = 1; cut <= CUT && word.length - cut > SHORTEST; cut += 1) {
      const near = worth(termsFrom(word.slice(0, -cut)), NEAR);
      if (near.size) {
        return near;
      }
    }
    return new Map();
  }

  // Numbers of documents, the best first: above those that have all words, whose number is `whole`.
  return (text) => {
    const typed = [...new Set(wordsOf(text))];
    const telling = typed.filter((word) => !idle.has(word));
    const wanted = telling.length ? telling : typed;
    const sums = new Map();
    for (const word of wanted) {
      for (const [document, value] of found(word)) {
        const [count, sum] = sums.get(document) ?? [0, 0];
        sums.set(document, [count + 1, sum + value]);
      }
    }
    const ranked = [...sums].map(([document, [count, sum]]) => ({
      document,
      isWhole: count === wanted.length,
      value: sum * count / wanted.length,
    }));
    ranked.sort((one, other) => other.isWhole - one.isWhole || other.value - one.value || one.document - other.document);
    const best = Math.max(0, ...ranked.map(({ value }) => value));
    const shown = ranked.filter(({ isWhole, value }) => isWhole || value >= best * LEAST);
    return {
      documents: shown.map(({ document }) => document),
      whole: shown.filter(({ isWhole }) => isWhole).length,
    };
  };
};
