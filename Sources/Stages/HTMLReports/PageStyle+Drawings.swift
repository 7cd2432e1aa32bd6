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
    .band{fill:var(--band)}
    .band-edge{fill:none;stroke:var(--blue3);stroke-width:1}
    .mean{fill:none;stroke:var(--ink3);stroke-width:1}
    .change{stroke:var(--ink2);stroke-width:1;stroke-dasharray:2 3}
    .change-tick{stroke:var(--ink2);stroke-width:3}
    .signal{stroke:var(--page);stroke-width:2}
    .signal.worse{fill:var(--late)}
    .signal.better{fill:var(--page);stroke:var(--blue)}
    .statements{display:grid;grid-template-columns:1fr 1fr;gap:12px 24px;margin:8px 0 12px}
    .statement{display:grid;grid-template-columns:44px minmax(0,1fr);gap:12px;align-items:center;
    font-size:14px;line-height:1.45;color:var(--ink2)}
    .statement strong{font-weight:600;color:var(--ink)}
    .icon-ring{fill:none;stroke-width:1.75}
    .icon-ring.good,.icon-ring.bad{stroke-width:2.5}
    .icon-ring.unknown{stroke-dasharray:4 3}
    .icon-ring.grey,.icon-line.grey,.icon-objective.grey{stroke:var(--ink3)}
    .icon-ring.good,.icon-line.good,.icon-objective.good{stroke:var(--blue)}
    .icon-ring.bad,.icon-line.bad,.icon-objective.bad{stroke:var(--late)}
    .icon-line{fill:none;stroke-width:1.5}
    .icon-mean{stroke:var(--line2);stroke-width:1}
    .icon-objective{stroke-width:1.75;stroke-dasharray:4 3}
    .icon-dot.grey{fill:var(--ink3)}
    .icon-dot.good{fill:var(--blue)}
    .icon-dot.bad{fill:var(--late)}
    .icon-bar{fill-opacity:.34}
    .icon-bar.grey{fill:var(--ink3)}
    .icon-bar.good{fill:var(--blue)}
    .icon-bar.bad{fill:var(--late)}
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
    .late-zone{fill:var(--latebg)}
    .h0{fill:var(--surface)}
    .h1{fill:var(--heat1)}
    .h2{fill:var(--heat2)}
    .h3{fill:var(--heat3)}
    .h4{fill:var(--heat4)}
    .h5{fill:var(--heat5)}
    .t.on-heat{stroke:none}
    .t.h1,.t.h2{fill:var(--ink)}
    .t.h3{fill:var(--heat3-ink)}
    .t.h4,.t.h5{fill:var(--heat5-ink)}
    .gauge{display:block}
    .gauge-ground{fill:var(--surface);stroke:var(--line2)}
    .empty{fill:var(--surface);stroke:var(--line2);stroke-dasharray:4 4}

    """
}
