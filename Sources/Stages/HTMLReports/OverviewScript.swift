/// The part of the page's script that adds up counts for what a reader picks.
enum OverviewScript {
  static let text = """
    for (const block of document.querySelectorAll(".overview")) {
      const data = JSON.parse(block.querySelector("script").textContent);
      const months = data.dimensions.length - 1;
      const form = document.createElement("div");
      form.className = "filter picks";
      const picks = data.dimensions.map(dimension => {
        if (dimension.values.length < 2) return null;
        const label = document.createElement("label");
        const name = document.createElement("span");
        name.textContent = dimension.name;
        const select = document.createElement("select");
        for (const [place, value] of [[-1, "all"], ...dimension.values.entries()]) {
          const option = document.createElement("option");
          option.value = place;
          option.textContent = value;
          select.append(option);
        }
        label.append(name, select);
        form.append(label);
        return select;
      });
      const share = (met, decided) => {
        if (decided === 0) return "no data";
        if (met === decided) return "100\\u00a0%";
        const tenths = Math.min(999, Math.floor((2000 * met + decided) / (2 * decided)));
        return Math.floor(tenths / 10) + "." + tenths % 10 + "\\u00a0%";
      };
      const told = document.createElement("p");
      told.setAttribute("role", "status");
      const table = document.createElement("table");
      table.className = "data small";
      const line = (parent, texts, isHead) => {
        const row = document.createElement("tr");
        texts.forEach((text, place) => {
          const cell = document.createElement(isHead || place === 0 ? "th" : "td");
          if (isHead || place === 0) cell.scope = isHead ? "col" : "row";
          if (place > 0) cell.className = "number";
          cell.textContent = text;
          row.append(cell);
        });
        parent.append(row);
      };
      const show = () => {
        const chosen = picks.map(select => select === null ? -1 : Number(select.value));
        const sums = data.dimensions[months].values.map(() => [0, 0]);
        for (const row of data.rows) {
          if (!chosen.every((place, dimension) => place < 0 || row[dimension] === place)) continue;
          sums[row[months]][0] += row[months + 1];
          sums[row[months]][1] += row[months + 2];
        }
        const met = sums.reduce((sum, pair) => sum + pair[0], 0);
        const decided = sums.reduce((sum, pair) => sum + pair[1], 0);
        told.textContent = share(met, decided) + ", " + met + " of " + decided + " promises kept";
        const head = document.createElement("thead");
        const body = document.createElement("tbody");
        line(head, ["Month", "Met", "Decided", "Attained"], true);
        data.dimensions[months].values.forEach((name, place) => {
          if (chosen[months] >= 0 && chosen[months] !== place) return;
          const [some, all] = sums[place];
          line(body, [name, some, all, all === 0 ? "\\u2013" : share(some, all)], false);
        });
        table.replaceChildren(head, body);
      };
      for (const select of picks) if (select !== null) select.addEventListener("change", show);
      const result = document.createElement("div");
      result.className = "filter picked";
      result.append(told, table);
      block.append(form, result);
      show();
    }
    """
}
