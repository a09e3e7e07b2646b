/* What the page does in the browser beyond Gradio: links into sources, directions, theme, focus. */
(() => {
  "use strict";
  const root = document.documentElement;
  const language = root.lang;
  // Gradio takes its own words' language from here; the server has chosen it already.
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });

  const THEME = "isnad-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const wantsDark = () => (localStorage.getItem(THEME) || (system.matches ? "dark" : "light")) === "dark";
  const paint = () => {
    const dark = wantsDark();
    if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
    root.style.colorScheme = dark ? "dark" : "light";
  };

  const TEXTS = ["textarea:not([dir=auto])", "input[type=text]:not([dir=auto])"].join();
  const field = (id) => document.querySelector(`#${id} textarea, #${id} input`);
  const fill = (id, text) => {
    const box = field(id);
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = (id) => setTimeout(() => document.getElementById(id)?.click(), 40);

  let opener = null;
  const follow = (link, target) => {
    if (/^(src|near|undated)-\d+-\d+$/.test(target)) {
      opener = `a[href="#${target}"]`;
      fill("source-place", target);
      press("source-open");
    } else if (/^(article|remove)-[\w-]+$/.test(target)) {
      opener = `a[href="#${target}"]`;
      fill("shelf-place", target);
      press("shelf-open");
    } else if (/^example-\d+$/.test(target)) {
      fill("question", link.textContent);
      press("send");
    } else if (/^language-(ar|en|fr)$/.test(target)) {
      document.cookie = `isnad-language=${target.slice(9)}; path=/; max-age=31536000; samesite=strict`;
      window.location.reload();
    } else if (target === "theme") {
      localStorage.setItem(THEME, wantsDark() ? "light" : "dark");
      paint();
    } else {
      return false;
    }
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && follow(link, link.getAttribute("href").slice(1))) event.preventDefault();
    if (event.target.closest?.("#back, #article-back, #confirm-keep")) {
      setTimeout(() => opener && document.querySelector(opener)?.focus(), 300);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#back, #article-back")?.click();
  });

  // One question at a time: nothing is sent while an answer grows, nor twice by a double click.
  let asked = -Infinity;
  const holdBack = (event) => {
    if (document.getElementById("stop") || performance.now() - asked < 500) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      asked = performance.now();
    }
  };
  document.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (sends && event.target.closest?.("#question")) holdBack(event);
  }, true);
  document.addEventListener("click", (event) => event.target.closest?.("#send") && holdBack(event), true);

  // A reader that has just opened: the quoted words come into view, and the keyboard goes with them.
  const arrive = (reader, button) => {
    const read = document.querySelector(`${reader} .read`);
    if (!read || read.dataset.seen) return;
    read.dataset.seen = "yes";
    const mark = read.querySelector("mark");
    const scroller = read.closest("#reader-box, #article-box");
    if (mark) mark.scrollIntoView({ block: "center" });
    else scroller?.scrollIntoView({ block: "nearest" });
    document.querySelector(button)?.focus({ preventScroll: true });
  };
  // A new question goes to the top of the view, so that its answer is read from its beginning.
  let questions = 0;
  const raise = () => {
    const rows = document.querySelectorAll("#chat .user-row");
    if (rows.length > questions) {
      const log = rows[0].closest('[role="log"]');
      log.scrollTop += rows[rows.length - 1].getBoundingClientRect().top - log.getBoundingClientRect().top - 4;
    }
    questions = rows.length;
  };
  const tidy = () => {
    raise();
    for (const box of document.querySelectorAll(TEXTS)) box.dir = "auto";
    // Gradio names each message by its markup; its text is name enough.
    for (const message of document.querySelectorAll('#chat [data-testid][aria-label]')) {
      message.removeAttribute("aria-label");
    }
    for (const box of document.querySelectorAll(".bridge textarea, .bridge input")) box.tabIndex = -1;
    arrive("#reader", "#back");
    arrive("#article-reader", "#article-back");
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      tidy();
    });
  };
  document.addEventListener("DOMContentLoaded", () => {
    paint();
    system.addEventListener("change", paint);
    new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
    tidy();
  });
})();
