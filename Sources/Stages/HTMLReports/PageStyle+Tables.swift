extension PageStyle {
  /// The SLAM grid, tables, traces and the ledger.
  static let tables = """
    .grid{table-layout:fixed;border-collapse:separate;border-spacing:2px;margin:16px -2px 0;
    width:calc(100% + 4px)}
    .grid th,.grid td{padding:0}
    .grid .name{width:180px;text-align:left;font-size:14px;line-height:1.25;font-weight:400;
    overflow-wrap:anywhere;padding-right:8px}
    .grid .name a{color:inherit;text-decoration-color:var(--line2)}
    .within{font-size:12px;color:var(--ink3);overflow-wrap:anywhere}
    .month{font-size:12px;line-height:1.3;text-align:center;vertical-align:top;padding-bottom:6px!important}
    .month b{display:inline-block;padding-bottom:2px}
    .month .year{display:block;font-weight:400;color:var(--ink3)}
    .month.current b{border-bottom:2px solid var(--ink);padding-left:8px;padding-right:8px}
    .group th{text-align:left;font-size:13px;line-height:1.4;padding:12px 0 4px!important;overflow-wrap:anywhere}
    .group span{font-weight:400;color:var(--ink3);margin-left:6px}
    .cell{border-radius:3px;text-align:center;font-size:12px}
    .grid .cell{height:34px;white-space:nowrap;overflow:hidden;letter-spacing:-.01em}
    .cell b{font-size:13px;font-weight:600}
    .cell.long span{display:block;line-height:1.1}
    .m{background-color:var(--met);color:var(--met-ink);--stripe:var(--met-hatch)}
    .a{background-color:var(--amber);color:var(--amber-ink);--stripe:var(--amber-hatch)}
    .x{background-color:var(--missed);color:var(--missed-ink);--stripe:var(--missed-hatch)}
    .n{background-color:var(--none);color:var(--none-ink);box-shadow:inset 0 0 0 1px var(--line);
    --stripe:var(--none)}
    .to-date{background-image:repeating-linear-gradient(135deg,transparent 0 3px,var(--stripe) 3px 8px)}
    .cell.changed{position:relative}
    .cell.changed::after{content:"";position:absolute;top:2px;right:2px;border:4px solid;
    border-color:currentColor currentColor transparent transparent}
    .key-list{display:flex;flex-wrap:wrap;gap:6px 24px;margin-top:14px;font-size:13px;color:var(--ink2)}
    .key-list li{display:flex;align-items:center;gap:8px}
    span.cell{display:inline-grid;place-items:center;width:22px;height:22px;flex:none}
    span.cell b{font-size:12px}
    .late-text{color:var(--late)}
    .result{display:inline-flex;align-items:center;gap:8px;white-space:nowrap;position:relative}
    .scroll{overflow-x:auto;max-width:100%;position:relative}
    :is(.subtitle,.chart-title)+:is(.scroll,.data){margin-top:8px}
    .data{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4}
    .data th,.data td{text-align:left;vertical-align:top;padding:9px 16px 9px 0;overflow-wrap:anywhere}
    .data th:not(.number),.data td:not(.number){min-width:64px}
    .data th:first-child{min-width:92px}
    .data td:has(>.cell){min-width:0}
    .data.cards tfoot td:empty{visibility:hidden}
    .data .id{white-space:nowrap;overflow-wrap:normal}
    .data td:is([data-label=Within],[data-label=Outcome]){overflow-wrap:normal}
    .data td:is([data-label=Type],[data-label=Owner]){min-width:84px}
    .data th:last-child,.data td:last-child{padding-right:0}
    .data thead th{font-size:12px;line-height:1.3;color:var(--ink3);vertical-align:bottom}
    .data thead th,.data thead td{border-bottom:1px solid var(--line2)}
    .data tbody tr{border-bottom:1px solid var(--line)}
    .data .number{text-align:right;white-space:nowrap;overflow-wrap:normal}
    .data thead .number{white-space:normal}
    .data tfoot tr{border-top:1.5px solid var(--ink)}
    .data tfoot td,.data tfoot th{font-weight:600}
    .scroll th:first-child{min-width:88px}
    .missed{margin-top:16px}
    .missed .facts-row{border-bottom:0}
    .missed .facts-row>*{padding-bottom:0;padding-right:14px}
    .missed .cause-row td{padding-top:1px;padding-bottom:10px;font-size:13px;color:var(--ink2)}
    .missed .late{font-weight:600}
    .missed tbody time{white-space:nowrap}
    .cause{display:inline;margin-right:12px}
    .how{display:inline}
    .how[open]{display:block;margin-top:6px}
    .open{display:block;font-size:12px;color:var(--ink3)}
    .over-bar{width:110px;padding-top:13px!important}
    .mini{display:block;max-width:100%}
    th button{font:inherit;color:inherit;background:none;border:0;padding:4px 0;margin:-4px 0;cursor:pointer;
    text-align:inherit;min-height:24px}
    th button::after{content:" \\2195";font-weight:400}
    th[aria-sort]{color:var(--ink)}
    th[aria-sort=ascending] button::after{content:" \\2191"}
    th[aria-sort=descending] button::after{content:" \\2193"}
    .filter{display:flex;flex-wrap:wrap;align-items:center;gap:8px 20px;font-size:13px;color:var(--ink2);
    margin-top:20px}
    .filter label{display:flex;align-items:center;gap:16px}
    .filter input{font:inherit;font-size:14px;color:var(--ink);background:var(--page);
    border:1px solid var(--ink3);border-radius:4px;padding:5px 10px;width:250px;max-width:100%;min-width:0}
    .filter input::placeholder{color:var(--ink3);opacity:1}
    .filter select{font:inherit;font-size:14px;color:var(--ink);background:var(--page);
    border:1px solid var(--ink3);border-radius:4px;padding:5px 8px;max-width:220px;min-width:0}
    .picks label{gap:8px;max-width:100%}
    .picked{display:block}
    .picked p{font-size:17px;font-weight:600;color:var(--ink);margin-bottom:10px}
    .picked .data{max-width:480px;color:var(--ink)}
    .trace{background:var(--surface);border-radius:8px;padding:20px 24px;margin-top:8px;color:var(--ink2)}
    .trace .scroll{margin-top:12px}
    .intervals{font-size:13px;min-width:760px}
    .data.intervals th,.data.intervals td{padding-top:5px;padding-bottom:5px}
    .intervals td{color:var(--ink2);white-space:nowrap}
    .intervals .state{white-space:normal;min-width:120px}
    .data .lost td{color:var(--late);font-weight:600;border-top:1.5px solid var(--late);padding-left:0}
    .identity{display:flex;flex-wrap:wrap;gap:8px 14px;margin-top:16px}
    .identity b{display:block;font-size:15px;color:var(--ink)}
    .identity .term span{display:block;font-size:12px;color:var(--ink3)}
    .identity .sign{font-size:15px}
    .comparison{margin-top:10px;font-size:13px}
    .ledger+.ties+.ledger{margin-top:28px}
    .ledger-part th{font-weight:400}
    .ledger-whole th,.ledger-rest th,.ledger-whole .number,.ledger-rest .number{font-weight:600}
    .ledger td.number{width:90px}
    .ledger .sign{display:inline-block;width:24px;text-align:center;color:var(--ink3)}
    .line-note{font-size:12px;color:var(--ink3);font-weight:400;margin-left:6px}
    .ledger-bar{width:356px;padding-top:13px!important}
    .ties{font-size:13px;color:var(--ink2);margin-top:10px}
    .ties b{color:var(--ink)}

    """
}
