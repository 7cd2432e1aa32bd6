/// What stands around the parts of a page; every value is markup or escaped before it arrives.
enum PageFrame {
  static let template = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    script-src '{{{scriptHash}}}'; style-src '{{{styleHash}}}'; img-src data:; \
    base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="{{{generator}}}">
    <link rel="icon" href="data:,">
    <title>{{{title}}}: {{{identity}}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>\
    <pattern id="hatch-paused" width="6" height="6" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>\
    <rect class="hatch-line" width="2" height="6"/></pattern></defs></svg>
    <div class="frame">
    <aside class="rail" aria-label="About this report"><p class="rail-title"><strong>{{{title}}}</strong>\
    <span>{{{identity}}}</span></p>{{{rail}}}<p class="rail-note"><span>{{{asOf}}}</span>\
    <span>Count by: {{{countBy}}}</span></p></aside>
    <main id="main" tabindex="-1">{{{body}}}
    <footer><p>{{{asOf}}}. Times in {{{zone}}}. Count by: {{{countBy}}}. Made by {{{generator}}}.</p>\
    </footer></main>
    </div>
    <script>{{{script}}}</script>
    </body>
    </html>

    """
}
