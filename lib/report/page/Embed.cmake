# Turns text files into C: cmake -DOUTPUT=page.c -DFILES=a.css;b.js -P Embed.cmake
# For each file a text irmi_page_a_css, and irmi_page_a_css_hash as a Content-Security-Policy names it.

set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)

# base64(VARIABLE HEX): of 32 bytes, 44 characters.
function(base64 variable hex)
  set(text "")
  string(APPEND hex 00)   # so that there are whole groups of three bytes
  foreach(at RANGE 0 60 6)
    string(SUBSTRING ${hex} ${at} 6 group)
    foreach(shift 18 12 6 0)
      math(EXPR digit "(0x${group} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${digit} 1 letter)
      string(APPEND text ${letter})
    endforeach()
  endforeach()
  string(SUBSTRING ${text} 0 43 text)
  set(${variable} "${text}=" PARENT_SCOPE)
endfunction()

set(source "/* Made by Embed.cmake. */\n#include \"report/page.h\"\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER irmi_page_${name} name)
  file(READ ${file} hex HEX)
  file(SHA256 ${file} sha)
  base64(hash ${sha})
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n  "
         bytes "${bytes}")
  string(APPEND source "const char ${name}[] = {\n  ${bytes}0};\nconst char ${name}_hash[] = \"'sha256-${hash}'\";\n")
endforeach()
file(WRITE ${OUTPUT} "${source}")
