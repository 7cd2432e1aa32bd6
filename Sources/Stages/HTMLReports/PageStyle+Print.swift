extension PageStyle {
  /// A4, always light, 672 pixels wide: nothing may be wider, or every page shrinks.
  static let print = """
    @page{size:A4;margin:19mm 16mm 17mm;font:8pt system-ui,"Liberation Sans",Arial,sans-serif;color:#5b6470}
    @media print{*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    body{font-size:10.5pt}
    .frame{max-width:672px;padding:0;margin:0}
    main{padding:0}
    .rail,.contents,.filter,.skip,th button::after,details:not([open]){display:none!important}
    th button{padding:0;margin:0;min-height:0}
    h1{font-size:20pt;margin-top:8px}
    .lede{font-size:11pt;margin-top:8px}
    .facts{margin-top:20px;gap:16px}
    .key{font-size:17pt}
    .unit{font-size:10pt}
    .label{font-size:9pt}
    .slam{margin-top:28px}
    .part{margin-top:40px}
    .part.starts-page{break-before:page;margin-top:0}
    .part>h2{font-size:16pt}
    .chart-title{font-size:12pt}
    .subtitle{font-size:9.5pt}
    h2,h3,figcaption,.subtitle,.intro{break-after:avoid}
    h1,h2,h3,figure,.data.small,.data tr,.grid tr,.ledger,.key-list,dl>div,.drawing{break-inside:avoid}
    .missed tbody{break-inside:auto}
    .data .cause-row{break-inside:auto}
    .facts-row{break-after:avoid}
    .missed .facts-row>*{padding-right:8px}
    .missed .facts-row>th{min-width:76px}
    .missed td[data-label=Target]{min-width:92px}
    .missed td[data-label="Held at breach"]{min-width:92px}
    thead{display:table-header-group}
    tfoot{display:table-row-group}
    figure{margin-top:28px}
    figure.with-notes{display:block}
    .notes{columns:2;column-gap:24px;margin-top:8px;font-size:9pt}
    .data{font-size:9pt}
    .data th,.data td{padding:6px 10px 6px 0}
    .data thead th{font-size:8.5pt}
    .grid{margin-top:10px}
    .grid .name{width:150px;font-size:9.5pt}
    .grid .cell{height:29px;line-height:1.05}
    .grid .cell:not(span) span{display:block}
    .grid tr.again{display:none}
    .group th{padding:6px 0 2px!important}
    .over-bar{width:40px}
    .ledger-bar{width:300px}
    .trace{padding:12px 16px}
    .scroll{overflow:visible}
    .intervals .state{min-width:0}
    .intervals{min-width:0;font-size:8.5pt}
    .data.intervals th,.data.intervals td{padding-right:8px}
    .intervals td,.intervals .number{white-space:normal}
    footer{margin-top:40px}
    a{color:inherit;text-decoration:none}}

    """
}
