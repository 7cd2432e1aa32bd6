/// The page's only script: sorting and filtering of the missed promises, and the overview.
///
/// Everything is readable without it; the buttons and the field are made by it.
enum PageScript {
  static let text = lists + "\n" + OverviewScript.text

  private static let lists = """
    "use strict";
    for (const table of document.querySelectorAll("table.missed")) {
      const rows = Array.from(table.tBodies);
      const heads = Array.from(table.tHead.rows[0].querySelectorAll("th"));
      const total = Number(table.dataset.total);
      const status = document.createElement("span");
      status.setAttribute("role", "status");
      let sortedBy = "time over";
      const report = () => {
        const shown = rows.filter(row => !row.hidden).length;
        status.textContent = shown + " of " + total + " shown, sorted by " + sortedBy;
      };
      const valueOf = (row, place) => {
        const cell = row.rows[0].cells[place];
        return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
      };
      heads.forEach((head, place) => {
        const name = head.textContent;
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name;
        head.replaceChildren(button);
        button.addEventListener("click", () => {
          const falls = head.getAttribute("aria-sort") === "ascending"
            || (head.classList.contains("number") && !head.hasAttribute("aria-sort"));
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", falls ? "descending" : "ascending");
          const sorted = rows.map((row, order) => ({ row, order, value: valueOf(row, place) }));
          sorted.sort((one, two) => {
            const by = typeof one.value === "number" ? one.value - two.value
              : one.value < two.value ? -1 : one.value > two.value ? 1 : 0;
            return (falls ? -by : by) || one.order - two.order;
          });
          for (const entry of sorted) table.append(entry.row);
          sortedBy = name === "Over by" ? "time over" : name.toLowerCase();
          report();
        });
      });
      const label = document.createElement("label");
      const field = document.createElement("input");
      field.type = "search";
      field.placeholder = "ticket, tier or group";
      field.addEventListener("input", () => {
        const wanted = field.value.trim().toLowerCase();
        for (const row of rows) {
          row.hidden = !row.rows[0].textContent.toLowerCase().includes(wanted);
        }
        report();
      });
      const name = document.createElement("span");
      name.textContent = "Filter";
      label.append(name, field);
      const form = document.createElement("div");
      form.className = "filter";
      form.append(label, status);
      table.before(form);
      report();
    }
    """
}
