// A description is written as it will look; the form's own field carries its HTML.
// Without this script the field itself is written in, with the same marks.
const COMMANDS = [["bold", "bold"], ["italic", "italic"], ["list", "insertUnorderedList"], ["plain", "removeFormat"]];

function enrich(field) {
  const words = JSON.parse(field.form.dataset.richWords);
  const written = document.createElement("div");
  written.className = "rich about";
  written.contentEditable = "true";
  written.setAttribute("role", "textbox");
  written.setAttribute("aria-multiline", "true");
  written.setAttribute("aria-label", document.querySelector(`label[for="${field.id}"]`).textContent.trim());
  // Kept clean by the server; what is typed anew is cleaned there before anybody else sees it.
  written.innerHTML = field.value;
  written.addEventListener("input", () => { field.value = written.textContent.trim() ? written.innerHTML : ""; });
  written.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  const bar = document.createElement("div");
  bar.className = "actions";
  for (const [name, command] of COMMANDS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = words[name];
    button.addEventListener("click", () => { written.focus(); document.execCommand(command); });
    bar.append(button);
  }
  field.hidden = true;
  field.before(bar, written);
}

document.execCommand("defaultParagraphSeparator", false, "p");
document.querySelectorAll("textarea[data-rich]").forEach(enrich);
