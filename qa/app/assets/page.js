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

  const running = () => document.getElementById("stop") !== null;

  let opener = null;
  const read = (link, target) => {
    const bridge = link?.closest("#stock-row") ? "shelf" : "source";
    opener = `a[href="#${target}"]`;
    fill(`${bridge}-place`, target);
    press(`${bridge}-open`);
  };
  const act = (_link, target) => {
    if (running()) return;
    fill("deed-name", target);
    press("deed-do");
    if (/^(edit|change)/.test(target)) setTimeout(() => field("question").focus(), 300);
  };
  const choose = (_link, target) => {
    if (running()) return;
    fill("chats-place", target);
    press("chats-open");
  };
  // Another title is written beside the chat it is for; Escape or "cancel" leaves the old one.
  const rename = (link, target) => {
    const item = link.closest("li");
    const title = item.querySelector("a.title");
    const [label, saving, cancelling] = [...item.querySelectorAll(".kept > p")].map((word) => word.textContent);
    const form = document.createElement("form");
    form.className = "renaming";
    const box = document.createElement("input");
    Object.assign(box, { type: "text", value: title.textContent, maxLength: 200, ariaLabel: label, dir: "auto" });
    const button = (words, kind) => Object.assign(document.createElement("button"), { textContent: words, type: kind });
    const cancel = button(cancelling, "button");
    form.append(box, button(saving, "submit"), cancel);
    const leave = () => {
      form.remove();
      item.classList.remove("renamed");
      link.focus();
    };
    cancel.addEventListener("click", leave);
    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") leave();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!box.value.trim() || running()) return;
      fill("chats-name", box.value.trim());
      choose(link, target);
    });
    item.classList.add("renamed");
    item.prepend(form);
    box.focus();
    box.select();
  };
  const send = (link) => {
    fill("question", link.textContent);
    press("send");
  };

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = document.body.appendChild(document.createElement("textarea"));
    box.value = text;
    box.select();
    document.execCommand("copy");
    box.remove();
  };
  const done = (link) => {
    link.classList.add("done");
    setTimeout(() => link.classList.remove("done"), 2000);
  };
  // Text that the server has put beside a link, a line a paragraph, out of sight.
  const kept = (within) => [...within.querySelectorAll(":scope > .kept > p")].map((line) => line.textContent).join("\n");
  const download = (name, text) => {
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    file.download = name;
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 5000);
  };
  // A spreadsheet takes the mark at the beginning for the sign that the text is UTF-8.
  const save = (link) => {
    const box = link.closest("details");
    download(box.querySelector(".kept").title, `\ufeff${kept(box)}\n`);
  };
  const deliver = () => {
    const file = document.querySelector("#outbox .file");
    if (!file || file.dataset.seen) return;
    file.dataset.seen = "yes";
    download(file.title, kept(file.parentElement));
  };
  const sort = (link, target) => {
    const column = Number(target.slice(5));
    const heading = link.closest("th");
    const up = heading.ariaSort !== "ascending";
    for (const each of heading.parentNode.children) each.ariaSort = null;
    heading.ariaSort = up ? "ascending" : "descending";
    const key = (row) => row.children[column].title || row.children[column].textContent;
    const body = link.closest("table").tBodies[0];
    const rows = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), language) * (up ? 1 : -1));
    body.append(...rows);
  };
  const here = (target) => window.location.pathname + window.location.search + (target ? `#${target}` : "");
  const permalink = (link, target) => {
    if (!link.classList.contains("permalink")) return read(link, target);
    history.replaceState(null, "", here(target));
    copy(window.location.href).then(() => done(link));
  };

  const FOLLOW = [
    [/^(src|near|undated)-\d+-\d+$/, read],
    [/^(article|remove|undo|story)-[\w-]+$/, read],
    [/^at-\w+-\w+-\d+-\d+$/, permalink],
    [/^(retry|edit|change|up|down)-\d+$|^(drop|why)-\d+-[\w-]+$/, act],
    [/^chat-rename-[\w-]+$/, rename],
    [/^chat-[a-z]+-[\w-]+$/, choose],
    [/^(example|follow)-[\d-]+$/, send],
    [/^copy-\d+$/, (link) => copy(kept(link.closest(".foot"))).then(() => done(link))],
    [/^sort-\d+$/, sort],
    [/^save-csv$/, save],
    [/^language-(ar|en|fr)$/, (_link, target) => {
      document.cookie = `isnad-language=${target.slice(9)}; path=/; max-age=31536000; samesite=strict`;
      window.location.reload();
    }],
    [/^theme$/, () => {
      localStorage.setItem(THEME, wantsDark() ? "light" : "dark");
      paint();
    }],
  ];
  const follow = (link, target) => {
    const found = FOLLOW.find(([pattern]) => pattern.test(target));
    found?.[1](link, target);
    return found !== undefined;
  };
  // A link to some article's words, opened in a window of its own or pasted into this one.
  const arriveAt = () => {
    const target = window.location.hash.slice(1);
    if (/^at-\w+-\w+-\d+-\d+$/.test(target)) read(null, target);
  };
  window.addEventListener("hashchange", arriveAt);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && follow(link, link.getAttribute("href").slice(1))) event.preventDefault();
    if (event.target.closest?.("#back")) history.replaceState(null, "", here(""));
    if (event.target.closest?.("#back, #article-back")) {
      setTimeout(() => {
        document.getElementById("panel").scrollTop = 0;
        if (opener) document.querySelector(opener)?.focus();
      }, 300);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#back, #article-back, #chats-back")?.click();
  });

  // A question that was typed or sent outlives a reload, until its answer has come and had the time to be saved.
  const DRAFT = "isnad-draft";
  const SAVED_MS = 1500;
  const draft = (text) => sessionStorage.setItem(DRAFT, text);
  let answering = false;
  const takeUp = () => {
    const text = sessionStorage.getItem(DRAFT);
    if (text && !field("question").value) fill("question", text);
  };
  const forget = () => {
    if (running()) answering = true;
    else if (answering) {
      answering = false;
      setTimeout(() => running() || answering || draft(field("question").value), SAVED_MS);
    }
  };
  document.addEventListener("input", (event) => {
    if (event.isTrusted && event.target.closest?.("#question")) draft(event.target.value);
  });

  // One question at a time: nothing is sent while an answer grows, nor twice by a double click.
  let asked = -Infinity;
  const holdBack = (event) => {
    if (running() || performance.now() - asked < 500) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      asked = performance.now();
      draft(field("question").value);
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
  let arrived = false;
  const tidy = () => {
    if (!arrived && document.querySelector("#welcome .welcome")) {
      arrived = true;
      takeUp();
      arriveAt();
    }
    raise();
    forget();
    for (const box of document.querySelectorAll(TEXTS)) box.dir = "auto";
    // Gradio names each message by its markup; its text is name enough.
    for (const message of document.querySelectorAll('#chat [data-testid][aria-label]')) {
      message.removeAttribute("aria-label");
    }
    deliver();
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
