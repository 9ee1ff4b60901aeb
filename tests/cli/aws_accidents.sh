# Sourced by scripts about AWS instead of aws_common.sh: accidents in the life of $stack.
unset STACKCTL_AWS_LAB  # there they take hours
. "$(dirname "$0")/aws_common.sh"

# arm WRITE/MOMENT: what becomes of that write (meddling_proxy.py); prints how many there were since.
arm() { ask "$meddler/arm/$1" '' answer; }

# like FILE [PATTERN]: what boto3 finds has the shape in that file, but for lines with the pattern.
like() {
  shape | grep -Ev -- "${2-^$}" >now.txt
  cmp -s "$1" now.txt || fail "$where: not as undisturbed:
$(diff <(sed 's/, /\n/g' "$1") <(sed 's/, /\n/g' now.txt) | head -40)"
}

# disturbed WRITE MOMENT ARGUMENTS...: runs stackctl with an accident, unless the run has fewer writes;
# whoever lives must succeed.
accidents=0
disturbed() {
  local write=$1 moment=$2 code seen
  shift 2
  arm "$write/$moment" >seen.txt
  {
    bash -c 'echo $$ >client.pid; exec "$@"' - "$STACKCTL" "$@" >out.txt 2>err.txt </dev/null
    code=$?
  } 2>/dev/null  # the shell's report of the death
  out=$(cat out.txt) err=$(cat err.txt)
  seen=$(arm 0/never)
  [ "$seen" -ge "$write" ] || return
  accidents=$((accidents + 1))
  case $moment-$code in
    before-137 | after-137 | un*-0) ;;
    *) fail "$where: stackctl $* exits with $code" ;;
  esac
}

# undisturbed: a life without accidents, with which others are compared, and $writes, how many there
# are in its apply or its destroy.
undisturbed() {
  local in_destroy
  where=undisturbed
  shape >before.txt
  arm 0/never >seen.txt
  run 0 apply "$stack" --yes
  writes=$(arm 0/never)
  shape >whole.txt
  run 0 destroy "$stack" --clean --yes
  in_destroy=$(arm 0/never)
  like before.txt
  [ "$writes" -ge "$in_destroy" ] || writes=$in_destroy
}

# life MOMENT WRITE: with an accident in apply, and one in destroy.
life() {
  local moment=$1 write=$2
  where="$moment $write"
  disturbed "$write" "$moment" apply "$stack" --yes
  case $moment in before | after) run 0 apply "$stack" --yes ;; esac
  is_quiet "$stack"
  like whole.txt
  disturbed "$write" "$moment" destroy "$stack" --yes
  run 0 destroy "$stack" --clean --yes
  expect "$out" '^Nothing of stack [a-z]+ is left'
  # AWS takes snapshots along with their image; moto has to be told, and the dead tell nothing.
  like before.txt 'Created by CreateImage'
}

# lives MOMENT:FIRST:STEP...: one for each of these writes, or, with STACKCTL_AWS_KILL=all, for every
# write and moment. Of moto, which never forgets what is gone, there is a new one after $reset_after.
reset_after=12
lives() {
  local each moment first step write lived=0
  [ "${STACKCTL_AWS_KILL-}" != all ] || set -- {before,after,unheard,unanswered}:1:1
  for each in "$@"; do
    IFS=: read -r moment first step <<<"$each"
    for write in $(seq "$first" "$step" "$writes"); do
      life "$moment" "$write"
      lived=$((lived + 1))
      [ $((lived % reset_after)) -ne 0 ] || ask "$STACKCTL_BY_HAND/reset" '{}'
    done
  done
  [ $accidents -ge $# ] || fail "only $accidents accidents"
  echo "$accidents accidents in $lived lives of $writes writes"
}
