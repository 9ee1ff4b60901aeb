if(STACKCTL_SANITIZE)
  set(flags -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${flags})
  add_link_options(${flags})
endif()
if(STACKCTL_FUZZ)
  # Every object tells the fuzzer which ways it has gone; only the fuzzer itself gets its main.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
