extension PageStyle {
  /// Frame, type, cover, contents, sections.
  static let base = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--page);color:var(--ink);font:400 16px/1.5 system-ui,-apple-system,
    "Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
    font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
    h1,h2,h3,p,ul,dl,dd,figure{margin:0;padding:0}
    ul{list-style:none}
    h1,h2,h3{font-weight:600;text-wrap:balance;overflow-wrap:anywhere}
    strong,b,th{font-weight:600}
    a{color:var(--blue);text-underline-offset:2px}
    :focus-visible{outline:2px solid var(--blue);outline-offset:2px;border-radius:2px}
    main:focus{outline:none}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
    white-space:nowrap}
    .skip{position:absolute;left:-9999px}
    .skip:focus{left:8px;top:8px;background:var(--page);padding:4px 8px;z-index:1}
    .patterns{position:absolute}
    .late{color:var(--late)}
    .frame{max-width:1024px;margin:0 auto;padding:0 40px}
    main{min-width:0;padding:56px 0 96px}
    .rail{display:none}
    nav a{display:flex;justify-content:space-between;gap:12px;padding:4px 0;font-size:13px;
    line-height:1.55;color:var(--ink2);text-decoration:none}
    nav a:hover span:first-child{text-decoration:underline}
    nav a span{min-width:0;overflow-wrap:anywhere}
    .mark{flex:none}
    .mark.late{font-weight:600}
    .line{display:flex;flex-wrap:wrap;gap:0 20px;font-size:14px;line-height:1.45;color:var(--ink2)}
    .line strong{color:var(--ink)}
    .line>*{min-width:0;overflow-wrap:anywhere}
    h1{font-size:34px;line-height:1.2;letter-spacing:-.021em;margin-top:16px;max-width:780px}
    .brand{margin:0 0 28px;padding-bottom:14px;border-bottom:2px solid var(--line2)}
    .brand img{display:block;max-height:48px;max-width:min(240px,100%)}
    .lede{font-size:18px;line-height:1.55;color:var(--ink2);max-width:680px;margin-top:16px}
    .facts{display:grid;grid-template-columns:repeat(5,1fr);gap:24px;margin-top:40px}
    .facts li{border-top:1px solid var(--line2);padding-top:12px;min-width:0}
    .key{font-size:28px;line-height:1.2;font-weight:600;overflow-wrap:anywhere}
    .unit{font-size:16px;color:var(--ink2)}
    .label{font-size:13px;line-height:1.45;color:var(--ink2);margin-top:4px}
    .slam{margin-top:80px}
    .chart-title{font-size:17px;line-height:1.35;letter-spacing:-.006em}
    .subtitle{font-size:14px;line-height:1.45;color:var(--ink2);margin-top:3px;max-width:704px}
    .part{margin-top:80px;border-top:2px solid var(--ink);padding-top:14px;scroll-margin-top:8px}
    .part>h2{font-size:24px;line-height:1.3;letter-spacing:-.014em;max-width:780px}
    .intro,.prose{color:var(--ink2);max-width:704px}
    .intro{margin-top:8px}
    .prose{margin-top:12px}
    .block{margin-top:28px}
    .block+.block,figure+.block,.block+figure,figure+figure{margin-top:48px}
    figure{margin-top:40px;scroll-margin-top:16px}
    figure.with-notes{display:grid;grid-template-columns:minmax(0,704px) 216px;gap:24px}
    .chart{min-width:0;max-width:704px}
    .notes{font-size:13px;line-height:1.55;color:var(--ink2);padding-top:2px}
    .notes p+p{margin-top:8px}
    .none,.note{font-size:13px;color:var(--ink2);margin-top:12px;max-width:704px}
    summary{display:inline-flex;align-items:center;gap:8px;min-height:24px;cursor:pointer;
    font-size:13px;color:var(--ink2);list-style:none;text-decoration:underline;
    text-decoration-color:var(--line2);text-underline-offset:4px}
    summary::-webkit-details-marker{display:none}
    summary::before{content:"";width:6px;height:6px;border:solid var(--ink2);border-width:1.5px 1.5px 0 0;
    transform:rotate(45deg);margin:0 2px 0 3px;flex:none}
    details[open]>summary::before{transform:rotate(135deg)}
    .behind{margin-top:10px}
    .behind .scroll,.behind table{margin-top:8px}
    .contents{margin-top:16px}
    .contents nav{max-width:360px;padding:8px 0 0 14px;border-left:2px solid var(--line);margin-top:8px}
    dl>div{display:grid;grid-template-columns:168px minmax(0,1fr);gap:4px 24px;padding:5px 0;max-width:880px;
    font-size:14px;line-height:1.5}
    dt{font-weight:600;overflow-wrap:anywhere}
    dd{color:var(--ink2);overflow-wrap:anywhere}
    footer{margin-top:96px;border-top:1px solid var(--line);padding-top:14px;font-size:13px;
    color:var(--ink2)}

    """
}
