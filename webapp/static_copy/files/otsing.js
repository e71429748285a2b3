/* Aardekast: the page of results of a copy. What was typed stands in the address of the page (?q=). */
"use strict";

{
  const AT_ONCE = 50;
  const place = document.getElementById("otsing");
  const input = document.getElementById("otsi");
  const list = place.querySelector(".hits");
  const more = place.querySelector(".again");
  const some = place.querySelector(".some");
  const told = place.querySelector(".told"); // until here it said that a script is wanted
  const heading = place.querySelector("h1");
  const words = place.dataset;
  const counting = new Intl.PluralRules(document.documentElement.lang);
  const held = window.aardekast;
  const typed = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 256);
  let rest = [];
  let whole = 0; // how many of the rest have all words

  function element(name, shown, parent) {
    const made = document.createElement(name);
    made.append(...[shown].flat());
    parent?.append(made);
    return made;
  }

  function hit(number) {
    const [id, title, kind, language, year, publisher] = held.documents[number];
    const item = element("li", [], list);
    item.className = "hit";
    const facts = element("div", [], item);
    facts.className = "meta";
    const drawn = [...place.querySelectorAll("template")].find((each) => each.dataset.kind === kind);
    if (drawn) {
      element("span", drawn.content.cloneNode(true), facts);
    }
    if (year) {
      element("span", year, facts);
    }
    const link = element("a", title, element("h2", [], item));
    link.href = `${words.folder}/${encodeURIComponent(id)}.html`;
    if (language && language !== document.documentElement.lang) {
      link.lang = language;
    }
    if (held.publishers[publisher]) {
      element("p", held.publishers[publisher], item).className = "note";
    }
    return link;
  }

  function showMore() {
    const links = rest.splice(0, AT_ONCE).map((number) => {
      if (whole === 0 && list.children.length && !list.querySelector(".rest")) {
        element("li", words.rest, list).className = "note rest";
      }
      whole -= 1;
      return hit(number);
    });
    more.hidden = !rest.length;
    return links[0];
  }

  function show() {
    const found = window.searchOf(held)(typed);
    const count = found.documents.length;
    const pattern = { one: words.foundOne, few: words.foundFew }[counting.select(count)] ?? words.foundMany;
    const said = (count ? pattern : words.none)
      .replace("#", count.toLocaleString(document.documentElement.lang)).replace("@", () => typed);
    heading.textContent = said;
    document.title = `${said} – Aardekast`;
    place.querySelector("[role=status]").textContent = said;
    told.hidden = true;
    some.textContent = words.some;
    some.hidden = found.whole > 0 || !count;
    whole = found.whole;
    rest = found.documents;
    showMore();
  }

  told.textContent = words.told;
  more.addEventListener("click", () => showMore().focus());
  if (typed) {
    input.value = typed;
    show();
  }
}
