/* Aardekast: filters apply as soon as one is ticked. The page at the form's own address is fetched and what differs is
   put in place, so that focus, scroll and the open panel stay. Without it, or when it fails, the form is sent. */
"use strict";

const form = document.getElementById("filtrid");
if (form) {
  const OTHERS = ["#tulemused", ".langs", "link[rel=canonical]"]; // what goes with the results
  const groups = form.querySelector(".groups");
  const button = form.querySelector(".apply button");
  const said = Object.assign(document.createElement("p"), { className: "vh" });
  let asked = new AbortController();
  let shown = location.pathname + location.search;

  said.setAttribute("role", "status");
  form.after(said);
  form.classList.add("live");
  count(button);

  function count(fresh) {
    button.textContent = fresh.dataset.now ?? fresh.textContent;
  }

  function legend(group) {
    return group?.querySelector("legend")?.textContent;
  }

  /* The group that has the focus keeps its nodes and takes over what they say; not a year typed since it was `sent`. */
  function agree(group, fresh, sent) {
    for (const input of group.querySelectorAll("input")) {
      const isBox = input.type === "checkbox";
      const twin = [...fresh.elements].find((one) => one.name === input.name && (!isBox || one.value === input.value));
      const number = input.parentNode.querySelector(".num");
      if (isBox) input.checked = twin?.checked ?? false;
      else if (!sent || sent.get(input.name) === input.value) input.value = twin?.value ?? "";
      if (number) number.innerHTML = twin?.parentNode.querySelector(".num")?.innerHTML ?? number.innerHTML;
    }
  }

  function renew(fresh, sent) {
    const held = [...groups.children].find((group) => group.contains(document.activeElement));
    const opened = [...groups.querySelectorAll("details[open]")].map((more) => legend(more.closest("fieldset")));
    const parts = [...fresh.querySelector(".groups").children];
    for (const part of parts) {
      for (const more of part.querySelectorAll("details")) more.open = opened.includes(legend(part));
    }
    if (held) {
      const found = parts.findIndex((part) => legend(part) === legend(held));
      const place = found < 0 ? parts.length : found;
      agree(held, fresh, sent);
      for (const group of [...groups.children]) if (group !== held) group.remove();
      held.before(...parts.slice(0, place));
      held.after(...parts.slice(place + 1));
    } else groups.replaceChildren(...parts);
    form.querySelector(".wipe")?.remove();
    form.append(...fresh.querySelectorAll(".wipe"));
    count(fresh.querySelector(".apply button"));
  }

  function put(page, sent) {
    const focused = document.activeElement;
    const top = focused.getBoundingClientRect().top;
    renew(page.getElementById("filtrid"), sent);
    for (const part of OTHERS) document.querySelector(part).replaceWith(page.querySelector(part));
    document.title = page.title;
    if (groups.contains(focused)) scrollBy({ top: focused.getBoundingClientRect().top - top, behavior: "instant" });
    const status = document.querySelector("#tulemused [role=status]");
    status.removeAttribute("role"); // it is said once, by what was on the page before
    said.textContent = status.textContent;
  }

  /* `sent`: what the form holds; null where the address is already that of the page, as after "back". */
  async function show(address, sent, fail) {
    asked.abort();
    const mine = (asked = new AbortController());
    addEventListener("beforeunload", () => mine.abort(), { signal: mine.signal });
    document.getElementById("tulemused").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      if (!answer.ok || !page.getElementById("filtrid")) throw new Error("no page of results");
      put(page, sent);
      const { pathname, search } = new URL(document.querySelector("link[rel=canonical]").href);
      if (sent && pathname + search !== shown) history.pushState(null, "", pathname + search + location.hash);
      shown = location.pathname + location.search;
      mine.abort(); // nothing is left to stop
    } catch {
      if (!mine.signal.aborted) fail();
    }
  }

  function apply() {
    const sent = new FormData(form);
    const pairs = [...sent].filter(([, value]) => value);
    show(`${form.action}?${new URLSearchParams(pairs)}`, sent, () => form.submit());
  }

  form.addEventListener("change", (event) => {
    if (event.target.validity.valid) apply();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
    if (!document.activeElement.matches("input")) location.hash = "tulemused"; // the button, and not Enter in a field
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, null, () => location.reload());
  });
}
