extension PageStyle {
  /// The shapes of charts.
  static let drawings = """
    .drawing{display:block;margin-top:16px;max-width:100%;height:auto;overflow:visible}
    .trace .drawing{margin-top:0}
    .drawing.narrow{display:none}
    .t{font-size:12px;fill:var(--ink3);paint-order:stroke;stroke:var(--page);stroke-width:3px;
    stroke-linejoin:round}
    .t.count{font-size:11px}
    .t.b{font-weight:600;fill:var(--ink)}
    .t.quiet{fill:var(--ink3)}
    .t.measured-text{fill:var(--blue)}
    .t.late{fill:var(--late)}
    .t.on-surface{stroke:var(--surface)}
    .rule{stroke:var(--line);stroke-width:1}
    .axis{stroke:var(--line2);stroke-width:1}
    .objective{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:6 4}
    .measured{fill:none;stroke:var(--blue);stroke-width:1.75;stroke-linejoin:round}
    .dot{fill:var(--blue);stroke:var(--page);stroke-width:1.2}
    .dot.hollow{fill:var(--page);stroke:var(--blue);stroke-width:1.75}
    .dot.late{fill:var(--late)}
    .limit{stroke:var(--ink);stroke-width:2}
    .median{stroke:var(--ink2);stroke-width:1;stroke-dasharray:2 3}
    .bar{fill:var(--blue)}
    .past{fill:var(--late)}
    .total{fill:var(--ink2)}
    .p75{fill:var(--blue)}
    .p90{fill:var(--blue2)}
    .p95{fill:var(--blue3)}
    .p99{stroke:var(--blue2);stroke-width:2.6}
    .p75.past,.p95.past{fill:var(--late)}
    .p90.past{fill:var(--late2)}
    .p99.past{stroke:var(--late)}
    .arrow{fill:none;stroke:var(--late);stroke-width:2}
    .ring{fill:var(--page);stroke:var(--ink);stroke-width:2}
    .ring.late{stroke:var(--late)}
    .closed{fill:var(--line)}
    .paused{fill:url(#hatch-paused)}
    .hatch-ground{fill:var(--page)}
    .hatch-line{fill:var(--blue)}
    .empty{fill:var(--surface);stroke:var(--line2);stroke-dasharray:4 4}

    """
}
