/** What is the same in the completion of every command: functions that read the tables before them. */
export const bashFunctions = `# Sets __jci_plain to what the shell will make of $1, and __jci_quote to the quote that is still open in it. Runs nothing of it.
__git_jci_unquote ()
{
	local text=$1 sign
	__jci_plain=$1 __jci_quote=
	[[ $1 == *[\\'\\"\\\\]* ]] || return 0
	__jci_plain=
	while [[ -n $text ]]; do
		sign=\${text:0:1} text=\${text:1}
		if [[ $sign == "$__jci_quote" ]]; then
			__jci_quote=
		elif [[ -z $__jci_quote && $sign == [\\'\\"] ]]; then
			__jci_quote=$sign
		elif [[ $sign == \\\\ && $__jci_quote != \\' ]]; then
			__jci_plain+=\${text:0:1} text=\${text:1}
		else
			__jci_plain+=$sign
		fi
	done
}

# Writes $value as the shell reads it again: quoted, or as it stands behind the quote that is open.
__git_jci_quote ()
{
	local sign escaped
	case "$__jci_quote" in
	'')
		printf -v value %q "$value" ;;
	\\')
		escaped=\\'\\\\\\'\\'
		value=\${value//\\'/"$escaped"} ;;
	*)
		for sign in \\\\ '"' '$' '\`'; do
			escaped=\\\\$sign
			value=\${value//"$sign"/"$escaped"}
		done ;;
	esac
}

# Offers the lines of stdin that begin with $1, each with $2 before it. Not compgen -W: that would expand what a branch is called.
__git_jci_offer ()
{
	local value
	while IFS= read -r value; do
		value=$2\${value%%$'\\t'*}
		[[ -n $value && $value == "$2$1"* ]] || continue
		__git_jci_quote
		[[ -n $__jci_quote || $value == --*= || $value == */ ]] || value+=' '
		COMPREPLY+=("\${value#"$__jci_behind"}")
	done
}

# Offers the values of the source $1 that begin with $2, each with $3 before it; what they depend on was typed before.
__git_jci_values ()
{
	local __jci_plain __jci_quote
	__git_jci_unquote "$2"
	set -- "$1" "$__jci_plain" "$3"
	case "$1" in
	files)
		# No reply: then bash offers files.
		compopt -o filenames +o nospace 2>/dev/null ;;
	nothing|'')
		compopt +o default +o bashdefault 2>/dev/null ;;
	=*)
		local list=\${1#=}
		__git_jci_offer "$2" "$3" <<< "\${list//,/$'\\n'}" ;;
	*)
		# The newest runs come first.
		compopt -o nosort 2>/dev/null
		# Git's own function knows of "git -C folder" and "git --git-dir=folder".
		if declare -F __git >/dev/null; then
			__git_jci_offer "$2" "$3" < <(__git jci __complete "$1" "$2" \${given[@]+"\${given[@]}"})
		else
			__git_jci_offer "$2" "$3" < <(git jci __complete "$1" "$2" \${given[@]+"\${given[@]}"} 2>/dev/null)
		fi ;;
	esac
}

# Offers the words in $1 that begin with what is being typed.
__git_jci_words ()
{
	__git_jci_offer "$cur" '' <<< "\${1// /$'\\n'}"
}

# Completes words[cword]; $1 is the index of the first word behind "git jci".
__git_jci_complete ()
{
	local __jci_commands __jci_options __jci_arguments __jci_repeats __jci_source= __jci_behind=
	local path= rest= given=() word i __jci_plain __jci_quote=
	COMPREPLY=()
	__git_jci_command ''
	for (( i = $1; i < cword; i++ )); do
		word=\${words[i]}
		if [[ -n $__jci_source ]]; then __jci_source=; continue; fi
		case "$word" in
		--) rest=yes; break ;;
		--*=*) ;;
		-*) __git_jci_option "$path" "$word" ;;
		*)
			if [[ \${#given[@]} == 0 && " $__jci_commands " == *" $word "* ]]; then
				path=\${path:+$path }$word
				__git_jci_command "$path"
			else
				__git_jci_unquote "$word"
				given+=("$__jci_plain")
			fi ;;
		esac
	done
	__git_jci_behind
	if [[ -n $rest ]]; then
		__git_jci_values files
	elif [[ -n $__jci_source ]]; then
		__git_jci_values "$__jci_source" "$cur" ''
	elif [[ $cur == --*=* ]]; then
		__git_jci_option "$path" "\${cur%%=*}"
		__git_jci_values "$__jci_source" "\${cur#*=}" "\${cur%%=*}="
	elif [[ $cur == -* ]]; then
		__git_jci_words "$__jci_options"
	elif [[ -n $__jci_commands && \${#given[@]} == 0 ]]; then
		__git_jci_words "$__jci_commands"
	else
		__git_jci_argument "\${#given[@]}"
	fi
}

# Completes the argument with the index $1.
__git_jci_argument ()
{
	local sources=( $__jci_arguments )
	local last=$(( \${#sources[@]} - 1 )) at=$1
	if (( at > last )); then
		if [[ -z $__jci_repeats ]]; then
			__git_jci_values nothing
			return
		fi
		at=$last
	fi
	__git_jci_values "\${sources[at]}" "$cur" ''
}

# Readline breaks words at = and : and replaces only what stands behind the last of them.
__git_jci_behind ()
{
	local mark behind bare=\${cur%%[\\'\\"]*}
	for mark in = :; do
		[[ $COMP_WORDBREAKS == *"$mark"* && $bare == *"$mark"* ]] || continue
		behind=\${bare%"\${bare##*"$mark"}"}
		(( \${#behind} > \${#__jci_behind} )) && __jci_behind=$behind
	done
}

# Called by git's own completion, which sets words, cword and cur.
_git_jci ()
{
	local i=\${__git_cmd_idx:-0}
	while (( i < cword )) && [[ \${words[i]} != jci ]]; do i=$(( i + 1 )); done
	__git_jci_complete $(( i + 1 ))
}

# Called by bash for git-jci: puts together the words that readline broke at = and :.
__git_jci_main ()
{
	local words=() cword=-1 cur i joined=
	for (( i = 0; i <= COMP_CWORD; i++ )); do
		if (( i > 0 )) && [[ -n $joined || \${COMP_WORDS[i]} =~ ^[=:]+$ ]]; then
			words[cword]+=\${COMP_WORDS[i]}
		else
			cword=$(( cword + 1 ))
			words[cword]=\${COMP_WORDS[i]}
		fi
		joined=
		[[ \${COMP_WORDS[i]} =~ ^[=:]+$ ]] && joined=yes
	done
	cur=\${words[cword]}
	__git_jci_complete 1
}

complete -o bashdefault -o default -o nospace -F __git_jci_main git-jci
`;
