// The upload page: sends the form with a progress bar, and keeps the list of stored files.
// Without this script the form is an ordinary one; nothing here is needed for an upload to work.

const byId = (id) => document.getElementById(id);
const form = byId("form");
const send = byId("send");
const cancel = byId("cancel");
const progress = byId("progress");

const REASONS = {
  403: "the server does not allow it",
  404: "it is not there any more",
  405: "the server does not allow it here",
  408: "the server waited too long for the content",
  413: "it is larger than the server accepts",
  507: "the server's disk is full",
};

function reason(status) {
  if (status === 0) {
    return "the connection was lost; the server may have refused the size";
  }
  return REASONS[status] ?? `the server answered ${status}`;
}

function say(element, text, kind = "") {
  element.className = `status ${kind}`.trim();
  element.textContent = text;
}

const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

function size(bytes) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}

// --- Sending ---

// fetch() cannot report how much has been sent; XMLHttpRequest can.
function upload(event) {
  event.preventDefault();
  const count = byId("files").files.length;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable && sent.total > 0) {
      progress.value = Math.floor((100 * sent.loaded) / sent.total);
    }
  });
  request.addEventListener("load", () => answered(request.status, count));
  request.addEventListener("error", () => answered(0, count));
  request.addEventListener("abort", () => ended("Cancelled."));
  cancel.onclick = () => request.abort();
  progress.value = 0;
  progress.hidden = cancel.hidden = false;
  send.disabled = true;
  say(byId("status"), `Uploading ${plural(count, "file")}…`);
  request.send(new FormData(form));
}

function answered(status, count) {
  if (status >= 200 && status < 300) {
    form.reset();
    ended(`${plural(count, "file")} stored.`, "good");
  } else {
    ended(`The upload failed: ${reason(status)}.`, "bad");
  }
}

function ended(text, kind) {
  progress.hidden = cancel.hidden = true;
  send.disabled = false;
  say(byId("status"), text, kind);
  list();
}

// --- The list ---

// The server lists the folder as nginx's autoindex_format json does; a folder not made yet is an empty one.
async function list() {
  try {
    const files = await stored();
    byId("rows").replaceChildren(...files.map(row));
    byId("stored").hidden = files.length === 0;
    byId("empty").hidden = files.length > 0;
    say(byId("list-status"), "");
  } catch (error) {
    byId("stored").hidden = byId("empty").hidden = true;
    say(byId("list-status"), `The list could not be read: ${error.message}.`, "bad");
  }
}

async function stored() {
  const response = await fetch("/uploads/", { cache: "no-store" });
  if (response.status === 404) {
    return [];
  }
  if (!response.ok) {
    throw new Error(reason(response.status));
  }
  return (await response.json()).filter((entry) => entry.type === "file");
}

function cell(content, className = "") {
  const td = document.createElement("td");
  td.className = className;
  td.append(content);
  return td;
}

function row(file) {
  const link = document.createElement("a");
  link.href = `/uploads/${encodeURIComponent(file.name)}`;
  link.textContent = file.name;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Delete";
  button.setAttribute("aria-label", `Delete ${file.name}`);
  button.addEventListener("click", () => remove(file.name, button));
  const tr = document.createElement("tr");
  tr.append(
    cell(link),
    cell(size(file.size)),
    cell(new Date(file.mtime).toLocaleString()),
    cell(button),
  );
  return tr;
}

async function remove(name, button) {
  button.disabled = true;
  let failure = "";
  try {
    const response = await fetch(`/uploads/${encodeURIComponent(name)}`, { method: "DELETE" });
    if (!response.ok && response.status !== 404) {
      failure = reason(response.status);
    }
  } catch {
    failure = reason(0);
  }
  await list();
  if (failure) {
    say(byId("list-status"), `${name} was not deleted: ${failure}.`, "bad");
  } else {
    say(byId("list-status"), `${name} deleted.`, "good");
  }
  byId("stored-title").focus();
}

form.addEventListener("submit", upload);
list();
