/* Aardekast: completions below the search box. An editable combobox with a list, after the ARIA Authoring Practices.
   Without it the form works just the same. */
"use strict";

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const PAUSE = 150; // ms after the last letter
  const QUIET = 500; // ms before it is said how many there are
  const SHORTEST = 2; // letters
  const words = form.dataset;
  const forms = new Intl.PluralRules(document.documentElement.lang);
  const input = form.elements.q;
  const list = Object.assign(document.createElement("ul"), { id: "pakkumised", className: "offers", hidden: true });
  const status = Object.assign(document.createElement("p"), { className: "vh" });
  let current = -1;
  let asked = new AbortController();
  let pause;
  let quiet;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.offers);
  status.setAttribute("role", "status");
  form.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    clearTimeout(pause);
    clearTimeout(quiet);
    asked.abort();
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    move(-1);
  }

  function move(to) {
    list.children[current]?.setAttribute("aria-selected", "false");
    current = to;
    const option = list.children[current];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function optionOf(offer, number) {
    const option = Object.assign(document.createElement("li"), { id: `pakkumine-${number}` });
    const kind = Object.assign(document.createElement("small"), { textContent: words[offer.kind] });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(offer.text, " ", kind);
    option.addEventListener("click", () => location.assign(offer.url));
    return option;
  }

  function show(offers) {
    move(-1);
    list.replaceChildren(...offers.map(optionOf));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    quiet = setTimeout(() => {
      status.textContent = (words[forms.select(offers.length)] ?? words.many).replace(/[0-9]+/, offers.length);
    }, QUIET);
    if (list.hidden) close();
  }

  async function ask() {
    asked = new AbortController();
    try {
      const address = `${words.suggest}?${new URLSearchParams(new FormData(form))}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // aborted by the next letter, or no network: the form still works
    }
  }

  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(pause);
    clearTimeout(quiet);
    asked.abort();
    if (input.value.trim().length < SHORTEST) close();
    else pause = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && input.value.trim().length >= SHORTEST) ask();
      return;
    }
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") move(current < last ? current + 1 : -1);
    else if (event.key === "ArrowUp") move(current > -1 ? current - 1 : last);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && current > -1) list.children[current].click();
    else return;
    event.preventDefault();
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
  input.addEventListener("blur", close);
  addEventListener("pagehide", close);
}
