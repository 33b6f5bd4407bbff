// Our page around SimCord's: who you are, what to try, the menus on messages, a way to mention the bot, light and dark.

const KEY = "X-Simcord-Capability";
const CONTEXT = "X-Simcord-Context";
const PATIENCE_MS = 20_000;
// What somebody does of which something new may come. SimCord's page follows it only where its end is in view.
const SAYING = ["send_message", "run_command", "click", "select", "modal_submit"];

const key = location.hash.slice(1);
const the = (id) => document.getElementById(id);
const bar = the("playground-bar");
const seatsBox = the("playground-seats");
const tries = the("playground-tries");
const toggle = the("playground-tries-toggle");
const said = the("playground-said");
const picker = the("viewer-picker");
const list = the("channel-message-list");

let context = "";
let here = null;
let line = Promise.resolve();

// SimCord's page names itself in each request; what we ask is for that page.
const plainFetch = window.fetch.bind(window);
window.fetch = (what, how) => {
  const named = new Headers(how?.headers).get(CONTEXT);
  if (named) context = named;
  return what === "/api/action" && typeof how?.body === "string" ? insist(what, how) : plainFetch(what, how);
};

// SimCord's page waits for all of its fonts, 30 MB with Chinese, Arabic and Hebrew. A browser loads those of the letters that
// stand there by itself: these are enough.
document.fonts.load = () => document.body.offsetHeight >= 0 && document.fonts.ready.then(() => []);
document.fonts.check = () => true;

// SimCord refuses an action where something came in meanwhile, and where another one is still at work.
// Neither is the person's fault, and a refused action has done nothing: ask again.
async function insist(what, how) {
  const body = JSON.parse(how.body);
  const before = newest();
  const pressed = messageOf(body.target_id);
  const looked = pressed?.textContent;
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const answer = await plainFetch(what, { ...how, body: JSON.stringify(body) });
    const receipt = await answer.clone().json().catch(() => null);
    const reasons = receipt?.rejected ? receipt.diagnostics.map((each) => each.code) : [];
    const isLate = reasons.includes("stale-revision");
    if (!(isLate || reasons.includes("busy")) || Date.now() > end) {
      if (receipt && !receipt.rejected && SAYING.includes(body.kind)) {
        showWhatCame(before, receipt.revision, () => pressed?.textContent !== looked).catch((fault) => tell(fault.message));
      }
      return answer;
    }
    if (isLate) body.published_revision = receipt.revision;
    else await new Promise((done) => setTimeout(done, 50));
  }
}

async function ask(path, body) {
  const answer = await plainFetch(path, {
    method: body ? "POST" : "GET",
    headers: { [KEY]: key, [CONTEXT]: context, ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body && JSON.stringify(body),
    cache: "no-store",
  });
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.error || "That did not work. Load the page again.");
  return data;
}

async function until(holds) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("The bot takes too long. Try it again in a moment.");
}

function tell(text) {
  said.textContent = text;
  said.hidden = !text;
}

function made(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Light and dark

function look(name) {
  document.documentElement.dataset.look = name;
  the("playground-look").setAttribute("aria-label", name === "dark" ? "Switch to light" : "Switch to dark");
}

look(localStorage.getItem("look") || (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"));
the("playground-look").addEventListener("click", () => {
  const other = document.documentElement.dataset.look === "dark" ? "light" : "dark";
  localStorage.setItem("look", other);
  look(other);
});

// Who you are

const seatNow = () => here.seats.find((seat) => seat.id === picker.value);
const isReady = () => Boolean(context && seatNow() && window.simcordPreview?.ready);

function isIdle() {
  const { awaitingRevision, publishedRevision } = window.simcordPreview;
  return isReady() && (awaitingRevision === null || awaitingRevision <= publishedRevision);
}

async function become(seat) {
  if (picker.value !== seat.id) {
    picker.value = seat.id;
    picker.dispatchEvent(new Event("change"));
    await new Promise((done) => setTimeout(done, 50));
  }
  await until(() => picker.value === seat.id && isReady());
}

async function goTo(place, then) {
  sessionStorage.setItem("then", JSON.stringify(then));
  location.hash = place === "direct" ? (await ask("/playground/direct")).key : here.server;
  location.reload();
}

const placeOf = (kind) => (kind === here.outsider ? "direct" : "server");

async function sit(person) {
  const seat = here.seats.find((each) => each.name === person.name);
  if (seat) await become(seat);
  else await goTo(placeOf(person.kind), { sit: person.key });
}

function showSeats() {
  seatsBox.replaceChildren(
    ...here.people.map((person) => {
      const button = made("button", { type: "button" }, made("strong", {}, person.name), made("small", {}, person.kind));
      button.addEventListener("click", () => work(() => sit(person)));
      return button;
    }),
  );
}

function markSeat() {
  const now = seatNow();
  here.people.forEach((person, at) => {
    seatsBox.children[at].setAttribute("aria-pressed", String(person.name === now?.name));
  });
}

// Try this

// One thing after the other, in the order of the presses.
function work(task, button = null) {
  line = line.then(async () => {
    button?.setAttribute("aria-busy", "true");
    tell("");
    try {
      await task();
    } catch (fault) {
      tell(fault.message);
    } finally {
      button?.removeAttribute("aria-busy");
    }
  });
  return line;
}

async function press(card) {
  if (placeOf(card.kind) !== here.here) {
    await goTo(placeOf(card.kind), { press: card.id });
    return;
  }
  const now = seatNow();
  const stays = now?.kind === card.kind && !card.first;
  await become(stays ? now : here.seats.find((seat) => seat.kind === card.kind));
  await showLatest((await ask("/playground/try", { id: card.id })).message);
}

// The message, else the last one; from its beginning, where it is higher than the window.
async function showLatest(id = null) {
  await new Promise((done) => setTimeout(done, 600)); // SimCord's page asks twice a second what is new
  await until(isReady);
  if (!the("new-messages").hidden) the("new-messages").click();
  goToEnd();
  const timeline = the("channel-timeline");
  const message = messageOf(id) || list.lastElementChild;
  if (message && (id || message.offsetHeight > timeline.clientHeight)) message.scrollIntoView({ block: "start" });
}

// SimCord's page goes to its newest message once all pictures are there; ours opens on it. Who moves it first has it.
function openOnNewest() {
  const timeline = the("channel-timeline");
  const watch = new ResizeObserver(() => { timeline.scrollTop = timeline.scrollHeight; });
  const end = () => watch.disconnect();
  for (const move of ["wheel", "touchmove", "keydown", "pointerdown"]) timeline.addEventListener(move, end, { once: true, passive: true });
  watch.observe(list);
  until(() => isReady() && messages().length).then(end, end);
}

function goToEnd() {
  const timeline = the("channel-timeline");
  timeline.scrollTop = timeline.scrollHeight;
}

const messageOf = (id) => id && list.querySelector(`:scope > [data-message-id="${id}"]`);
const messages = () => [...list.querySelectorAll(":scope > [data-message-id]")];
const newest = () => messages().reduce((last, { dataset: { messageId } }) => (BigInt(messageId) > last ? BigInt(messageId) : last), 0n);

// What one's own doing brought since the message `before`: to its end, or to its beginning, where it is higher than the window.
// A press may have changed the message that bears the button instead: who pressed it is there already.
async function showWhatCame(before, revision, hasChanged) {
  const hasCome = () => isIdle() && window.simcordPreview.publishedRevision >= revision;
  await until(hasCome);
  if (!the("history-newer").hidden && !hasChanged()) {
    the("new-messages").click(); // the page holds an earlier part of the channel
    await new Promise((done) => setTimeout(done, 50));
    await until(() => hasCome() && the("history-newer").hidden);
  }
  const came = messages().filter((message) => BigInt(message.dataset.messageId) > before);
  if (!came.length) return;
  // What was private to them before they moved up may come into the page now, too: it answers no command and no message.
  const first = came.find((message) => message.querySelector(".message-interaction-header, .message-reply")) || came.at(-1);
  await keepInView(first.dataset.messageId);
}

// To the end, and there while what came still grows, such as from "thinking" to its answer, until somebody moves the page.
async function keepInView(id) {
  const timeline = the("channel-timeline");
  let isTheirs = false;
  const show = () => {
    if (isTheirs) return;
    goToEnd();
    const first = messageOf(id);
    if (first && first.getBoundingClientRect().top < timeline.getBoundingClientRect().top) first.scrollIntoView({ block: "start" });
  };
  const watch = new ResizeObserver(show);
  const end = () => { isTheirs = true; watch.disconnect(); };
  for (const move of ["wheel", "touchmove", "keydown", "pointerdown"]) timeline.addEventListener(move, end, { once: true, passive: true });
  watch.observe(list);
  setTimeout(end, 10_000);
  // No press of "New messages", which is an action: it would undo a command that is being typed. SimCord's page may still hold its place.
  for (let tries = 0; tries < 15 && !isTheirs; tries += 1) {
    show();
    await new Promise((done) => setTimeout(done, 100));
  }
}

function showTries() {
  tries.firstElementChild.replaceChildren(
    ...here.tries.map((card) => {
      const button = made(
        "button",
        { type: "button", "data-try": card.id },
        made("small", {}, `As ${card.kind === here.outsider ? "an" : "a"} ${card.kind}`),
        made("strong", {}, card.title),
        made("span", {}, card.text),
      );
      button.addEventListener("click", () => work(() => press(card), button));
      return made("li", {}, button);
    }),
  );
}

toggle.addEventListener("click", () => {
  tries.hidden = !tries.hidden;
  toggle.setAttribute("aria-expanded", String(!tries.hidden));
});

// The menus on a message

function addApps(message) {
  message.querySelector(":scope > .playground-apps")?.remove();
  const menus = seatNow()?.menus || [];
  if (!menus.length) return;
  const box = made("div", { class: "playground-apps" });
  const opener = made("button", { type: "button", "aria-expanded": "false" }, "Apps");
  const choices = made("div", { hidden: "" });
  opener.addEventListener("click", () => {
    choices.hidden = !choices.hidden;
    opener.setAttribute("aria-expanded", String(!choices.hidden));
  });
  for (const name of menus) {
    const button = made("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      choices.hidden = true;
      opener.setAttribute("aria-expanded", "false");
      work(async () => {
        await ask("/playground/menu", { name, message: message.dataset.messageId });
        await showLatest();
      }, opener);
    });
    choices.append(button);
  }
  const reply = message.querySelector('[data-control-key$=":action:reply"]');
  if (reply) {
    const button = made("button", { type: "button" }, "Reply");
    button.addEventListener("click", () => reply.click());
    choices.append(button);
  }
  box.append(opener, choices);
  message.append(box);
}

function addAllApps() {
  const now = picker.value;
  for (const message of list.querySelectorAll("article.channel-message")) {
    const has = message.querySelector(":scope > .playground-apps");
    if (has && message.dataset.seat === now) continue;
    message.dataset.seat = now;
    addApps(message);
  }
}

// As in Discord, nothing but an open form can be used; what was said before is no part of it.
function keepToForm(isOpen) {
  const nowhere = [the("playground-seats"), tries, toggle];
  if (isOpen && !tries.inert) tell("");
  for (const each of nowhere) each.inert = isOpen;
}

// What SimCord's page leaves out for who uses a keyboard or a screen reader
function mend() {
  the("channel-timeline").tabIndex = 0;
  the("channel-timeline").setAttribute("aria-label", "Messages");
  for (const block of document.querySelectorAll("pre:not([tabindex])")) block.tabIndex = 0;
  for (const heading of document.querySelectorAll(".markdown-heading:not([aria-level])")) heading.setAttribute("aria-level", "2");
  for (const choice of document.querySelectorAll("[aria-valuetext]")) choice.removeAttribute("aria-valuetext");
  the("channel-composer-input")?.removeAttribute("aria-expanded"); // no textarea has it
  for (const field of document.querySelectorAll(".modal-input[aria-labelledby]")) {
    field.setAttribute("aria-label", the(field.getAttribute("aria-labelledby"))?.textContent || field.name);
    field.removeAttribute("aria-labelledby");
  }
  keepToForm(Boolean(document.querySelector("[role=dialog]")));
  const dialog = document.querySelector("form[role=dialog]");
  if (dialog) {
    dialog.removeAttribute("role");
    dialog.removeAttribute("aria-modal");
    dialog.parentElement.setAttribute("role", "dialog");
    dialog.parentElement.setAttribute("aria-modal", "true");
    dialog.parentElement.setAttribute("aria-labelledby", "modal-title");
  }
}

// Mentions

function insertMention(typed = 0) {
  const input = the("channel-composer-input");
  if (!(input instanceof HTMLTextAreaElement)) return;
  input.focus();
  const at = input.selectionStart;
  input.setRangeText(`${here.mention} `, at - typed, at, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function typedName(input) {
  const before = input.value.slice(0, input.selectionStart);
  const found = /(?:^|\s)(@[a-z ]{0,13})$/i.exec(before);
  if (!found || found[1].length >= here.mention.length) return "";
  return here.mention.toLowerCase().startsWith(found[1].toLowerCase()) ? found[1] : "";
}

function addMentions() {
  const form = the("channel-composer");
  const button = made("button", { type: "button", id: "playground-mention", "aria-label": `Mention ${here.mention.slice(1)}` }, "@");
  const offer = made("button", { type: "button", id: "playground-offer", hidden: "" }, here.mention);
  button.addEventListener("click", () => insertMention());
  offer.addEventListener("click", () => take());
  form.querySelector(".composer-row").prepend(button);
  form.append(offer);
  const input = () => the("channel-composer-input");
  function take() {
    insertMention(typedName(input()).length);
    offer.hidden = true;
  }
  form.addEventListener("input", () => { offer.hidden = !(input() instanceof HTMLTextAreaElement && typedName(input())); });
  form.addEventListener("keydown", (event) => {
    if (offer.hidden || !["Tab", "Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") offer.hidden = true;
    else take();
  }, true);
}

// Discord asks the bot for choices before a letter is typed; SimCord's page asks with the first one.
function askForChoices() {
  the("channel-composer").addEventListener("focusin", ({ target: field }) => {
    if (!field.matches(".command-option-input[aria-autocomplete]") || field.value) return;
    setTimeout(() => {
      if (field.isConnected && !field.value) field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
}

// A message is sent once the page is free: SimCord's page drops what is sent before.
function holdMessages() {
  const form = the("channel-composer");
  let isFree = false;
  document.addEventListener("submit", (event) => {
    if (event.target !== form || isFree) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    work(async () => {
      // A browser sends no form out of the very event that says it is sent.
      await new Promise((done) => setTimeout(done));
      await until(isIdle);
      isFree = true;
      form.requestSubmit();
      isFree = false;
    });
  }, true);
}

// The door

function askForCode() {
  the("preview-shell").hidden = true;
  the("playground-code").hidden = false;
  const form = the("playground-code").querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      location.hash = (await ask("/playground/code", { code: the("playground-code-input").value })).key;
      location.reload();
    } catch (fault) {
      form.querySelector("[role=alert]").textContent = fault.message;
    }
  });
}

async function open() {
  here = await ask("/playground/state");
  bar.hidden = false;
  tries.hidden = false;
  showSeats();
  showTries();
  addMentions();
  holdMessages();
  askForChoices();
  mend();
  const follow = () => { markSeat(); addAllApps(); };
  new MutationObserver(follow).observe(picker, { childList: true });
  new MutationObserver(addAllApps).observe(list, { childList: true, subtree: true });
  new MutationObserver(mend).observe(the("preview-app"), { childList: true, subtree: true, attributeFilter: ["aria-valuetext", "aria-expanded"] });
  follow();
  openOnNewest();
  const then = JSON.parse(sessionStorage.getItem("then") || "null");
  sessionStorage.removeItem("then");
  if (then) {
    await until(isReady);
    const card = here.tries.find((each) => each.id === then.press);
    const person = here.people.find((each) => each.key === then.sit);
    const button = tries.querySelector(`[data-try="${then.press}"]`);
    button?.scrollIntoView({ block: "nearest", inline: "center" });
    if (card) await work(() => press(card), button);
    else if (person) await work(() => sit(person));
  }
}

if (key) open().catch((fault) => { bar.hidden = false; tell(fault.message); });
else askForCode();
