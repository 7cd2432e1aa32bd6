extension PageStyle {
  /// What changes with the width of the screen: 1240 rail, 1024 and 860 steps, then the phone.
  static let screens = """
    @media screen and (min-width:1240px){.frame{max-width:1280px;display:grid;
    grid-template-columns:208px minmax(0,944px);gap:48px}
    .rail{display:block;position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;
    padding:60px 0 24px;font-size:13px;line-height:1.4}
    .rail-title{line-height:1.45}
    .rail-title span,.rail-note span{display:block;color:var(--ink2);overflow-wrap:anywhere}
    .rail nav{border-left:2px solid var(--line);padding-left:12px;margin-top:28px}
    .rail-note{margin-top:28px;font-size:12px}
    .rail-note span{color:var(--ink3)}
    .contents{display:none}}
    @media screen and (max-width:1023px){figure.with-notes{display:block}
    .notes{display:grid;grid-template-columns:repeat(auto-fit,minmax(216px,1fr));gap:8px 24px;
    max-width:704px;margin-top:12px}
    .notes p+p{margin-top:0}
    .facts{grid-template-columns:repeat(3,1fr)}
    .over-bar{display:none}
    .grid .cell:not(span) span{display:block;line-height:1.1}}
    @media screen and (max-width:859px){.statements{grid-template-columns:1fr}
    body{font-size:15px}
    .frame{padding:0 16px}
    main{padding-top:32px}
    h1{font-size:26px}
    .lede{font-size:16px}
    .part>h2{font-size:21px}
    .chart-title{font-size:16px}
    .line{display:block}
    .line>*{display:block}
    .facts{grid-template-columns:1fr 1fr;gap:20px 12px;margin-top:28px}
    .facts li:first-child:nth-last-child(odd){grid-column:1/-1}
    .key{font-size:24px}
    .drawing.wide{display:none}
    .drawing.narrow{display:block}
    .chart{max-width:none}
    dl>div{grid-template-columns:minmax(0,1fr);padding:7px 0}
    .grid{display:block;margin:16px 0 0;width:auto;max-width:480px}
    .grid thead,.grid tbody{display:block}
    .grid tr{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:2px}
    .grid tr.again{display:none}
    .grid .name{grid-column:1/-1;width:auto;padding:6px 0 2px}
    .grid .months .name,.grid .pad{display:none}
    .month .rest,.grid .cell:not(span) span{display:none}
    .month .year{font-size:11px;white-space:nowrap}
    .month.current b{padding-left:2px;padding-right:2px}
    .grid .cell{display:grid;place-items:center;height:26px}
    .group th{grid-column:1/-1}
    .cards,.cards>tbody,.cards>tfoot,.cards>*>tr,.cards>*>tr>*{display:block}
    .cards>thead{display:block;position:absolute;width:1px;height:1px;overflow:hidden;
    clip-path:inset(50%)}
    .cards>tbody>tr,.cards>tfoot>tr{display:grid;
    grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:6px 16px;padding:12px 0}
    .scroll .data th:first-child{min-width:116px}
    .scroll .data td:not(.number){min-width:92px}
    .data.cards>*>tr>th{grid-column:1/-1;font-size:15px;padding:0}
    .data.cards>*>tr>td{padding:0;text-align:left}
    .data.cards>*>tr>.number{text-align:left;white-space:normal;overflow-wrap:anywhere}
    .cards>*>tr>td[data-label]::before{content:attr(data-label);display:block;font-size:12px;
    color:var(--ink3);font-weight:400}
    .missed tbody{border-bottom:1px solid var(--line)}
    .missed>tbody[hidden]{display:none}
    .missed>tbody>.facts-row{padding-bottom:4px}
    .cards>*>tr>.over-bar{display:none}
    .missed>tbody>.cause-row{display:block;border:0;padding:0 0 10px}
    .missed .intervals tbody{border:0}
    .cause{display:block;margin:0 0 6px}
    .trace{padding:16px;margin-left:-16px;margin-right:-16px;border-radius:0}
    .filter label{flex-wrap:wrap;gap:4px;width:100%}
    .filter input{width:100%;font-size:16px}
    .ledger tr{display:grid;grid-template-columns:minmax(0,1fr) auto}
    .ledger tbody{display:block}
    .data.ledger th,.data.ledger td{padding:7px 0}
    .ledger .ledger-bar{grid-column:1/-1;width:auto;padding:0 0 8px!important}
    .ledger-bar:empty{display:none}
    .ledger .sign{width:16px}}

    """
}
