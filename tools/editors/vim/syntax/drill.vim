" Highlighting for fixdrill's scenario files. Written by tools/generate_editors.py; do not edit.
if exists("b:current_syntax")
  finish
endif
syn match drillNumber /\v<\d+(\.\d+)?(ms|s|min|h)?>/
syn match drillTag /\v<\d+\ze\=/
syn match drillOther /\v\s@1<=(acceptor|after|and|any|bad|because|bytes|checksum|choices|contains|default|duplicate|each|else|engine|every|fresh|from|garbled|half|in|initiator|is|joined|length|long|next|no|not|nothing|off|on|once|optional|or|order|otherwise|raw|refused|reset|rule|seqnum|short|silently|split|state|store|swapped|then|truncated|when|where|wire)>(\s*\=)@!/
syn match drillModifier /\v\s@1<=(as|distinct|exact|for|ignoring|like|times|until|verbatim|with|within)>(\s*\=)@!/
syn match drillSession /\v^\s*\h\w*\ze:\s/
syn match drillStep /\v(^|:\s@=|\{\s@=)\s*\zs(accept|ask|attach|auto|await|call|check|confirm|connect|disconnect|drop|either|exec|expect|for|forbid|if|ignore|instruct|let|log|logon|logout|lose|mute|put|repeat|reply|send|set|skip|sync|unmute|unordered|wait|xfail)>(\s*\=)@!/
syn match drillItem /\v^\s*(drill|ignore|include|param|proc|scenario|secret|session|setup|simulator|table|teardown)>/
syn match drillAnnotation /\v^\s*\@\w+/
syn match drillRegex +\v(\~ )@2<=/([^/\\]|\\.)*/i?+
syn match drillExpression /\v\$\{[^}]*\}/
syn region drillString start=/"/ skip=/\\./ end=/"/ oneline contains=drillExpression
syn match drillComment /\v(^|\s@1<=)#.*$/

hi def link drillNumber Number
hi def link drillTag Identifier
hi def link drillOther Type
hi def link drillModifier Operator
hi def link drillSession Label
hi def link drillStep Statement
hi def link drillItem Keyword
hi def link drillAnnotation PreProc
hi def link drillRegex String
hi def link drillExpression Special
hi def link drillString String
hi def link drillComment Comment

let b:current_syntax = "drill"
