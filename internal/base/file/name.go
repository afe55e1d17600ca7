package file

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/fold"
)

// longest is the most bytes of a name, extension included: what file systems
// take.
const longest = 200

// cleanName makes a name that can be shown and saved anywhere out of what a
// browser sent: no folder, no control or direction-changing characters, no
// characters that some system forbids, in composed form, at most longest bytes.
// It ends in the extension of kind.
func cleanName(sent string, kind Kind) string {
	name := base(sent)
	stem := name
	if at := strings.LastIndexByte(name, '.'); at >= 0 {
		stem = name[:at]
	}
	stem = strings.Map(allowed, fold.Name(stem))
	extension := "." + string(kind)
	stem = strings.Trim(cut(stem, longest-len(extension)), " .")
	if stem == "" {
		stem = "tep"
	}
	return stem + extension
}

// base is what stands behind the last slash of either kind.
func base(sent string) string { return sent[strings.LastIndexAny(sent, `/\`)+1:] }

// extension is a name's, in the case in which it was sent, without its dot.
func extension(sent string) string {
	name := base(sent)
	if at := strings.LastIndexByte(name, '.'); at >= 0 {
		return strings.TrimSpace(name[at+1:])
	}
	return ""
}

func allowed(r rune) rune {
	switch {
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		return -1
	case strings.ContainsRune(`<>:"|?*%`, r), r == utf8.RuneError:
		return '_'
	}
	return r
}

// cut shortens s to at most n bytes without cutting through a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
