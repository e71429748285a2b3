"""What content systems put around a text: a dozen layouts after the pages of tests/extraction, at their real size.

Each is the frame that a theme really makes (head with styles and scripts, menus in two levels, what is shared, related,
commented and agreed to), with `$title`, `$body`, `$date` and the parts of `PARTS` to be filled in.
"""

from __future__ import annotations

from string import Template

SITE = "Näidisküla"


def _many(count: int, pattern: str) -> str:
    return "".join(Template(pattern).substitute(n=number) for number in range(count))


_STYLE = _many(120, ".wp-block-$n,.elementor-$n>.e-con{margin:${n}px auto;padding:0 ${n}px;--gap:${n}px}")
_SCRIPT = _many(40, "window.themeSettings$n={id:$n,ajax:'/wp-admin/admin-ajax.php',nonce:'a1b2c$n'};")
PARTS = {
    "site": SITE,
    "assets": f"<style>{_STYLE}</style><script>{_SCRIPT}</script>"
    + _many(12, '<link rel="stylesheet" href="/assets/theme-$n.css"><script src="/assets/app-$n.js" defer></script>'),
    "menu": _many(
        9,
        '<li class="menu-item menu-item-$n"><a href="/teema/$n/">Teemaleht $n</a><ul class="sub-menu">'
        '<li class="menu-item"><a href="/teema/$n/meist/"><span>Meist</span></a></li>'
        '<li class="menu-item"><a href="/teema/$n/uudised/"><span>Uudised ja teated</span></a></li>'
        '<li class="menu-item"><a href="/teema/$n/toetused/"><span>Toetused</span></a></li></ul></li>',
    ),
    "crumbs": '<a href="/">Avaleht</a> » <a href="/uudised/">Uudised</a> » ',
    "share": _many(
        5, '<a class="share-button share-$n" href="https://jaga.example.ee/$n"><svg></svg><span>Jaga</span></a>'
    ),
    "related": _many(
        4,
        '<article class="related-post"><a href="/lood/$n/"><img src="/pildid/$n.jpg" alt=""></a>'
        '<h4><a href="/lood/$n/">Kuidas küla number $n endale uue lava ehitas</a></h4></article>',
    ),
    "latest": _many(8, '<li><a href="/uudised/$n/">Uudis number $n naaberkülast</a> <span>0$n.05.2024</span></li>'),
    "comments": _many(
        5,
        '<li class="comment" id="comment-$n"><div class="comment-body"><cite class="fn">Lugeja $n</cite>'
        '<time datetime="2024-05-1$n">1$n. mai 2024</time><p>Aitäh, see oli hea lugemine ja meie külas number $n tasub'
        ' sama asja proovida.</p><a rel="nofollow" class="comment-reply-link" href="#r$n">Vasta</a></div></li>',
    ),
    "form": '<form><p>Sinu e-postiaadressi ei avaldata.</p><label>Nimi <input name="n"></label><textarea>'
    "</textarea></form>",
    "cookies": '<div class="cookie-notice" role="dialog"><p>Kasutame küpsiseid, et veeb töötaks ja külastusi loendada.'
    " Jätkates nõustud küpsistega.</p><button>Nõustun</button><button>Keeldun</button></div>",
    "contact": "<p>Seltsimaja tee 4, Näidisküla, 45678 Lääne-Viru maakond</p><p>Telefon 5555 5555</p>",
}
_HEAD = (
    '<!doctype html><html lang="et"><head><meta charset="utf-8"><title>$title | $site</title>'
    '<meta name="viewport" content="width=device-width"><meta property="og:title" content="$title">'
    '<meta property="og:site_name" content="$site">$assets'
)
_PUBLISHED = '<meta property="article:published_time" content="${date}T10:00:00+03:00">'
_JSON_LD = (
    "<script"
    ' type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Article","headline":"$title",'
    '"datePublished":"${date}T06:00:00+00:00","author":{"@type":"Person","name":"Liis Tamme"}},'
    '{"@type":"WebSite","name":"$site"}]}</script>'
)
_WIDGET = '<div class="elementor-element elementor-widget"><div class="elementor-widget-container">'

LAYOUTS = {
    "wp-block": _HEAD + _PUBLISHED + '</head><body class="single single-post"><div class="wp-site-blocks">'
    '<a class="skip-link screen-reader-text" href="#sisu">Liigu sisu juurde</a><header class="wp-block-template-part">'
    '<nav class="wp-block-navigation"><ul>$menu</ul></nav></header><main class="wp-block-group" id="sisu">'
    '<h1 class="wp-block-post-title">$title</h1><time datetime="$date">$date</time>'
    '<div class="entry-content wp-block-post-content">$body</div><div class="sharedaddy">$share</div>'
    '<div class="wp-block-comments"><h2>Kommentaarid</h2><ol>$comments</ol><div class="comment-respond">$form</div>'
    "</div>"
    '</main><footer class="wp-block-template-part">$contact</footer></div>$cookies</body></html>',
    "wp-classic": _HEAD + _PUBLISHED + '</head><body class="single wp-custom-logo"><div id="page" class="site">'
    '<header id="masthead"><ul id="menu" class="menu">$menu</ul></header><div id="content"><div id="primary"><main>'
    '<article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">$title</h1></header>'
    '<div class="entry-content">$body</div><footer class="entry-footer"><span class="tags-links">Sildid: küla'
    "</span></footer>"
    '</article><div id="comments" class="comments-area"><ol>$comments</ol>$form</div></main></div><aside id="secondary"'
    ' class="widget-area"><section class="widget"><h2>Viimased postitused</h2><ul>$latest</ul></section></aside></div>'
    '<footer id="colophon">$contact</footer></div>$cookies</body></html>',
    "wp-elementor": _HEAD + _JSON_LD + '</head><body class="single elementor-page"><div class="elementor">'
    f'<section class="elementor-section">{_WIDGET}<nav><ul class="elementor-nav-menu">$menu</ul></nav></div></div>'
    f"</section>"
    f'</div><div class="elementor elementor-location-single"><section class="elementor-section">{_WIDGET}'
    f'<h1 class="elementor-heading-title">$title</h1></div></div>{_WIDGET}$body</div></div>{_WIDGET}$share</div></div>'
    f'</section></div><div class="elementor elementor-location-footer">{_WIDGET}$contact</div></div></div>$cookies'
    f"</body></html>",
    "wp-divi": _HEAD + '</head><body class="et-tb-has-template"><div id="et-boc"><header class="et-l et-l--header"><div'
    ' class="et_pb_menu"><ul class="et-menu nav">$menu</ul></div></header><div id="et-main-area"><div'
    ' class="entry-content">'
    '<div class="et_pb_section"><div class="et_pb_row"><div class="et_pb_module et_pb_text"><h1>$title</h1></div>'
    '<div class="et_pb_module et_pb_text"><div class="et_pb_text_inner">$body</div></div></div></div></div>'
    '<div class="et_pb_blog_grid"><h3>Loe ka</h3>$related</div></div><footer class="et-l--footer">$contact</footer>'
    "</div>"
    "$cookies</body></html>",
    "drupal": _HEAD + '<meta name="Generator" content="Drupal 10"></head><body class="path-node"><div class='
    '"layout-container"><header role="banner"><nav role="navigation" class="primary-nav"><ul>$menu</ul></nav></header>'
    '<main role="main"><nav class="breadcrumb">$crumbs</nav><div class="region region--content"><h1'
    ' class="page-title"><span>'
    '$title</span></h1><article class="node node--type-article"><div class="node__meta">Esitas <span'
    ' property="schema:name">'
    'toimetaja</span> <span property="schema:dateCreated" content="$date"></span></div><div class="node__content"><div'
    ' class="field field--name-body text-formatted">$body</div></div></article></div></main><footer'
    ' role="contentinfo">$contact'
    "</footer></div>$cookies</body></html>",
    "drupal7": _HEAD + '</head><body class="html not-front one-sidebar"><div id="page-wrapper"><div id="main-wrapper">'
    '<div id="breadcrumb">$crumbs</div><div id="sidebar-first" class="column sidebar"><div class="block block-menu"><ul'
    ' class="menu">$menu</ul></div><div class="block"><h2>Uusimad</h2><ul>$latest</ul></div></div><div id="content"><h1'
    ' class="title" id="page-title">$title</h1><div class="node node-page"><div class="content"><div'
    ' class="field-item even">'
    '$body</div></div></div></div></div><div id="footer">$contact</div></div></body></html>',
    "joomla": _HEAD
    + '<meta name="generator" content="Joomla!"></head><body class="site com_content view-article"><header'
    ' class="header container-header"><ul class="mod-menu nav">$menu</ul></header><div class="site-grid"><div class='
    '"container-sidebar-left"><div class="card"><h3>Uusimad</h3><ul class="mod-articleslatest">$latest</ul></div>'
    "</div><div"
    ' class="container-component"><nav class="mod-breadcrumbs">$crumbs</nav><main><div class="com-content-article'
    ' item-page">'
    '<div class="page-header"><h1>$title</h1></div><dl class="article-info text-muted"><dd><time'
    ' datetime="$date">Avaldatud:'
    ' $date</time></dd></dl><div class="com-content-article__body">$body</div></div></main></div></div><footer>$contact'
    "</footer></body></html>",
    "blogger": _HEAD
    + '<meta content="blogger" name="generator"></head><body class="loading"><div class="content"><header>'
    '<div id="header">$site</div></header><div class="main section" id="main"><div class="blog-posts hfeed"><div class='
    '"post-outer"><div class="post hentry"><h3 class="post-title entry-title">$title</h3><div class="post-body'
    ' entry-content">'
    '$body</div><div class="post-footer"><abbr class="published" title="${date}T10:00:00+03:00">10:00</abbr>$share'
    "</div></div>"
    '<div class="comments" id="comments"><h4>5 kommentaari:</h4><ol>$comments</ol></div></div></div></div><div class='
    '"column-right-outer"><div class="widget BlogArchive"><ul class="posts">$latest</ul></div></div></div>$cookies'
    "</body></html>",
    "liferay": _HEAD + '</head><body class="yui3-skin-sam guest-site"><div id="wrapper"><div id="banner"><div class='
    '"portlet-navigation"><ul id="menu1">$menu</ul></div></div><div id="content"><nav id="breadcrumbs">$crumbs'
    "</nav><div"
    ' class="columns-2" role="main"><div class="portlet-column span9"><div class="portlet-body"><h1'
    ' class="header-title">'
    '<span>$title</span></h1><div class="asset-full-content"><div class="asset-content"><div'
    ' class="journal-content-article">'
    '$body</div></div></div></div></div><div class="portlet-column span3"><h2>Uudised</h2><ul>$latest</ul></div>'
    "</div></div>"
    '<footer id="footer">$contact</footer></div></body></html>',
    "wix": _HEAD
    + _PUBLISHED
    + '</head><body><div id="SITE_CONTAINER"><header id="SITE_HEADER"><wix-dropdown-menu><ul>$menu'
    '</ul></wix-dropdown-menu></header><main id="PAGES_CONTAINER"><div data-hook="post"><article><h1'
    ' data-hook="post-title">'
    '$title</h1><section data-hook="post-description">$body</section></article><div'
    ' data-hook="related-posts">$related</div>'
    '</div></main><footer id="SITE_FOOTER">$contact</footer></div>$cookies</body></html>',
    "voog": _HEAD
    + '</head><body class="post-page"><div class="container"><header><nav class="main-menu"><ul class="menu">'
    '$menu</ul></nav></header><main class="content" role="main"><article class="post"><header class="post-header">'
    "<h1 class="
    '"post-title">$title</h1><time class="post-date" datetime="$date">$date</time></header><section'
    ' class="post-content"><div'
    ' class="post-body content-area cfx">$body</div></section></article><section id="comments">$comments</section>'
    "</main>"
    '<footer class="footer">$contact</footer></div></body></html>',
    "by-hand": _HEAD
    + '</head><body bgcolor="white"><table width="100%"><tr><td id="vasak" valign="top"><p><b>$site</b></p>'
    '<ul>$latest</ul></td><td id="sisu" valign="top"><h1>$title</h1>$body<p align="right"><i>$date</i></p></td>'
    "</tr></table>"
    "</body></html>",
}


def framed(layout: int, title: str, date: str, body: str) -> str:
    """A page in the layout of this number, counted around; title and body are markup."""
    template = _TEMPLATES[layout % len(_TEMPLATES)]
    return template.substitute(title=title, date=date, body=body)


# The parts are the same on every page: they are filled in once.
_TEMPLATES = [Template(Template(layout).safe_substitute(PARTS)) for layout in LAYOUTS.values()]
