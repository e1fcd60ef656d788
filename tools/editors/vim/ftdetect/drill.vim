au BufRead,BufNewFile *.drill setfiletype drill
