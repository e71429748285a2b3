"""The words by which Estonian, English and Russian pages announce what is not their text."""

from __future__ import annotations

import re

# A link that does something instead of saying something.
ACTIONS = re.compile(
    r"[«‹<+]*\s*(prindi|tr[uü]ki|jaga|tagasi|tagasi üles|üles|saada sõbrale|saada e-kirjaga|e-post|loe edasi|loe veel"
    r"|loe lähemalt|vaata lähemalt|loe rohkem|logi sisse|sisukaart|edasi|print|share|back|back to top|read more"
    r"|read more about.*|loe edasi:.*|skip to.*|(liigu|mine|otse|edasi) .{0,30}(juurde|ribale)"
    r"|читать далее|подробнее|назад|поделиться"
    r"|печать)\s*[»›>.…]*",
    re.IGNORECASE,
)
# What stands over share bars, comments, forms, and lines of tags.
LABELS = re.compile(
    r"(jaga (seda|lehte|postitust|artiklit|uudist|lugu|sõpradega|facebook|sotsiaal)|jaga:?$|jaga (seda )?lehte"
    r"|share this|share:?$|share on|поделиться"
    r"|kommentaarid:?$|kommentaare$|\d+ (kommentaari?|vastust?|comments?|repl(y|ies))\b|lisa (uus )?kommentaar"
    r"|jäta kommentaar|postita kommentaar|kommenteeri|leave a (reply|comment)|comments$|comments \(\d+\)|комментарии$"
    r"|оставить комментарий"
    r"|(telli|liitu) (meie )?(uudiskir|infokir)|uudiskiri:?$|subscribe|подписаться"
    r"|(sildid|märksõnad|rubriigid|rubriik|kategooria|tags|filed under|categories)\s*:"
    r"|(postitas|avaldatud|viimati (muudetud|uuendatud)|muudetud|last modified|posted (by|on))\b"
    r"|(lehe )?toimetaja:|kas sellest (lehest|infost) oli (abi|kasu)|was this page helpful|tellimine:)",
    re.IGNORECASE,
)
# What stands over teasers of other pages; a guide may have such a chapter too, so what follows must look like them.
TEASER_LABELS = re.compile(
    r"(loe ka|loe veel|loe lisaks|vaata ka|vaata veel|seotud|sarnased|samal teemal|veel (samal|sel) teemal"
    r"|teised (uudised|lood)|viimati blogis|viimased|uusimad|värsked|populaarsed|enim loetud|loetumad|soovitame"
    r"|rohkem (uudiseid|lugusid)"
    r"|related|see also|read also|you may also|recent|latest|popular|most read|more from"
    r"|читайте также|похожие|последние|популярные)\b",
    re.IGNORECASE,
)
COOKIES = re.compile(
    r"küpsis.{0,200}(nõustu|nõusolek|luban|sain aru|lubage|keeldu)|(nõustu|nõusolek|kasutame|kasutab).{0,200}küpsis"
    r"|cookies.{0,200}(accept|agree|consent)|(accept|agree|consent|use).{0,100}cookies"
    r"|cookie.{0,200}(соглас|принима)|файлы cookie",
    re.IGNORECASE | re.DOTALL,
)
