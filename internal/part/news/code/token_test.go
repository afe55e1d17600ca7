package code_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giaoban/internal/part/news/code"
)

var (
	guard = code.New([32]byte{1, 2, 3})
	now   = time.Date(2020, 7, 10, 15, 20, 0, 0, time.UTC)
)

// answer is the right one to a token.
func answer(t testing.TB, token code.Token) string {
	t.Helper()
	text, _, err := guard.Code(token, now)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestACodeIsTakenHoweverItIsTyped(t *testing.T) {
	token := guard.Issue("article-7", now)
	text := answer(t, token)
	wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, text)
	for name, typed := range map[string]string{
		"as drawn": text, "small": strings.ToLower(text), "spaced": " " + strings.Join(strings.Split(text, ""), " \t") + "\u00a0\n",
		"full width": wide, "decomposed": norm.NFD.String(wide),
	} {
		if nonce, err := guard.Check(token, "article-7", typed, now); err != nil || len(nonce) != 32 {
			t.Errorf("%s: typing %q for %s gives nonce %q, %v", name, typed, text, nonce, err)
		}
	}
}

func TestACharacterThatIsInNoCodeIsTakenForTheOneItLooksLike(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		token := guard.Issue("a", now)
		typed := strings.NewReplacer("5", "S", "6", "g", "T", "f", "7", "z", "R", "P").Replace(answer(t, token))
		if _, err := guard.Check(token, "a", typed, now); err != nil {
			r.Errorf("typing %s for %s: %v", typed, answer(t, token), err)
		}
	})
}

func TestWhatIsWrongWithAnAnswerIsSaid(t *testing.T) {
	token := guard.Issue("article-7", now)
	text := answer(t, token)
	other := code.New([32]byte{9})
	for _, test := range []struct {
		name, form, typed string
		token             code.Token
		now               time.Time
		want              error
	}{
		{"at its last second", "article-7", text, token, now.Add(code.Lasts - time.Second), nil},
		{"late", "article-7", text, token, now.Add(code.Lasts), code.ErrLate},
		{"for another form", "article-8", text, token, now, code.ErrOther},
		{"wrong", "article-7", text[1:] + text[:1] + "7", token, now, code.ErrWrong},
		{"empty", "article-7", "", token, now, code.ErrWrong},
		{"no token", "article-7", text, "", now, code.ErrUnreadable},
		{"no base64", "article-7", text, token + "!", now, code.ErrUnreadable},
		{"another key's", "article-7", text, other.Issue("article-7", now), now, code.ErrUnreadable},
	} {
		if _, err := guard.Check(test.token, test.form, test.typed, test.now); !errors.Is(err, test.want) {
			t.Errorf("an answer that is %s gives %v, want %v", test.name, err, test.want)
		}
	}
}

func TestAWrongAnswerNamesTheTokenSoThatItCanBeUsedUp(t *testing.T) {
	token := guard.Issue("a", now)
	right, err := guard.Check(token, "a", answer(t, token), now)
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := guard.Check(token, "a", "no", now)
	if !errors.Is(err, code.ErrWrong) || wrong != right {
		t.Errorf("a wrong answer gives nonce %q and %v, want %q and %v", wrong, err, right, code.ErrWrong)
	}
}

func TestACodeIsOfTheAlphabetAndAlwaysTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		token := guard.Issue(rapid.String().Draw(r, "form"), now)
		text, seed, err := guard.Code(token, now)
		again, seedAgain, _ := guard.Code(token, now)
		if err != nil || text != again || seed != seedAgain {
			r.Errorf("one token gives %s with %d, then %s with %d (%v)", text, seed, again, seedAgain, err)
		}
		if len(text) != 5 || strings.Trim(text, code.Alphabet) != "" {
			r.Errorf("code %q is not five of %s", text, code.Alphabet)
		}
	})
}

// A token says nothing of its code, and no byte of it can be changed.
func TestATokenThatWasChangedIsRefused(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		form := rapid.String().Draw(r, "form")
		token := guard.Issue(form, now)
		text := answer(t, token)
		bytes, err := base64.RawURLEncoding.DecodeString(string(token))
		if err != nil {
			r.Fatal(err)
		}
		if strings.Contains(strings.ToUpper(strings.TrimSuffix(string(bytes), form)), text) {
			r.Errorf("code %s stands in its token %x", text, bytes)
		}
		bytes[rapid.IntRange(0, len(bytes)-1).Draw(r, "at")] ^= byte(rapid.IntRange(1, 255).Draw(r, "by"))
		changed := code.Token(base64.RawURLEncoding.EncodeToString(bytes))
		if _, err := guard.Check(changed, form, text, now); !errors.Is(err, code.ErrUnreadable) {
			r.Errorf("a token with a changed byte gives %v, want %v", err, code.ErrUnreadable)
		}
	})
}

// A form's name moves no other part: "a" with a longer proof is not "ab".
func TestNoFormIsTakenForAnother(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		form, other := rapid.String().Draw(r, "form"), rapid.String().Draw(r, "other")
		token := guard.Issue(form, now)
		_, err := guard.Check(token, other, answer(t, token), now)
		if form != other && !errors.Is(err, code.ErrOther) {
			r.Errorf("a token for %q used for %q gives %v, want %v", form, other, err, code.ErrOther)
		}
	})
}

func FuzzCheck(f *testing.F) {
	token := guard.Issue("a", now)
	f.Add(string(token), "a", answer(f, token))
	f.Add(string(token), "a", "ＫＨ Ｎ56")
	f.Add("AAAA", "a", "\u0301\xff")
	f.Fuzz(func(t *testing.T, sent, form, typed string) {
		nonce, err := guard.Check(code.Token(sent), form, typed, now)
		if err == nil && form != "a" {
			t.Errorf("token %q is taken for %q", sent, form)
		}
		if err == nil && utf8.RuneCountInString(strings.Join(strings.Fields(norm.NFKC.String(typed)), "")) != 5 {
			t.Errorf("%q is taken for %s", typed, answer(t, code.Token(sent)))
		}
		if (nonce == "") != (err != nil && !errors.Is(err, code.ErrWrong)) {
			t.Errorf("nonce %q comes with %v", nonce, err)
		}
	})
}
