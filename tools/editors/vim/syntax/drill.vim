" Highlighting for fixdrill's scenario files. Written by tools/generate_editors.py; do not edit.
if exists("b:current_syntax")
  finish
endif
syn match drillNumber /\v<\d+(\.\d+)?(ms|s|min|h)?>/
syn match drillTag /\v<\d+\ze\=/
syn match drillOther /\v\s@1<=(acceptor|and|bytes|contains|each|engine|fresh|half|in|initiator|is|no|not|nothing|optional|or|raw|reset|silently|wire)>(\s*\=)@!/
syn match drillModifier /\v\s@1<=(as|exact|for|ignoring|like|within)>(\s*\=)@!/
syn match drillSession /\v^\s*\h\w*\ze:\s/
syn match drillStep /\v(^|:\s@=|\{\s@=)\s*\zs(accept|await|check|connect|disconnect|expect|forbid|ignore|let|log|logon|logout|send|set|sync|wait)>(\s*\=)@!/
syn match drillItem /\v^\s*(drill|ignore|include|param|scenario|secret|session|setup|teardown)>/
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
