package account

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
)

// PasswordLeast is the fewest characters of a password; there is no rule on
// which characters (NIST SP 800-63B, 5.1.1.2).
const PasswordLeast = 10

// passwordMost keeps somebody from having us hash a book.
const passwordMost = 200

// Password is a password as it is stored: hashed, never to be read again. The
// zero Password matches nothing.
type Password struct{ hash string }

// hashing is OWASP's least for argon2id: 19 MiB, two passes, one lane.
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// seats bounds memory and processors: at most two passwords are hashed at once
// in the process, about 110 a second on two cores.
var seats = make(chan struct{}, 2)

// nobody is hashed against when a login is unknown, so that the answer takes as
// long as for a known one.
var nobody = sync.OnceValues(func() (string, error) {
	return argon2id.CreateHash("nobody's password", hashing)
})

// ChoosePassword checks what a person typed as a new password for login and
// hashes it. A password that breaks the rule is a fault of kind Invalid at
// "password".
func ChoosePassword(ctx context.Context, login, typed string) (Password, error) {
	if err := checkPassword(login, typed); err != nil {
		return Password{}, err
	}
	return HashPassword(ctx, typed)
}

// HashPassword hashes a password without asking whether it is a good one. It
// waits for a seat; ctx ends the wait. Many people may share what it returns.
func HashPassword(ctx context.Context, typed string) (Password, error) {
	leave, err := sit(ctx)
	if err != nil {
		return Password{}, err
	}
	defer leave()
	hash, err := argon2id.CreateHash(spelled(typed), hashing)
	if err != nil {
		return Password{}, fmt.Errorf("hashing a password: %w", err)
	}
	return Password{hash}, nil
}

// matches says whether typed is the password. It takes as long for the zero
// Password as for any other.
func (p Password) matches(ctx context.Context, typed string) (bool, error) {
	if len(typed) > 4*passwordMost {
		return false, nil // no such password could be chosen
	}
	leave, err := sit(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	hash := p.hash
	if hash == "" {
		if hash, err = nobody(); err != nil {
			return false, fmt.Errorf("hashing a password: %w", err)
		}
	}
	same, err := argon2id.ComparePasswordAndHash(spelled(typed), hash)
	if err != nil {
		return false, fmt.Errorf("comparing a password: %w", err)
	}
	return same && p.hash != "", nil
}

// sit takes one of the seats; the caller leaves it.
func sit(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("waiting to hash a password: %w", err)
	}
	select {
	case seats <- struct{}{}:
		return func() { <-seats }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to hash a password: %w", ctx.Err())
	}
}

// spelled is the one spelling of a text: keyboards for Vietnamese send ậ
// composed or in parts, and the person sees no difference.
func spelled(typed string) string { return norm.NFC.String(typed) }

func checkPassword(login, typed string) error {
	wrong := func(key string, args ...any) error {
		return fault.New(fault.Invalid, key, args...).At("password")
	}
	switch length := len([]rune(spelled(typed))); {
	case length < PasswordLeast:
		return wrong("account.password.short", "least", PasswordLeast)
	case length > passwordMost:
		return wrong("account.password.long", "most", passwordMost)
	}
	bare := strings.ReplaceAll(fold.Key(typed), " ", "")
	switch {
	case login != "" && bare == fold.Key(login):
		return wrong("account.password.login")
	case common[bare] || monotonous(bare):
		return wrong("account.password.common")
	}
	return nil
}

// monotonous says whether a password is made of at most two different
// characters.
func monotonous(bare string) bool {
	seen := map[rune]bool{}
	for _, r := range bare {
		seen[r] = true
	}
	return len(seen) <= 2
}

// common is what is tried first by whoever guesses: without marks, spaces and
// capitals, of ten characters and more.
var common = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(`
		1234567890 0123456789 0987654321 12345678910 123456789a a123456789 123456789q 1q2w3e4r5t 1qaz2wsx3edc
		q1w2e3r4t5 qwertyuiop qwerty12345 qwerty123456 asdfghjkl; asdfghjkl1 zaq12wsxcde3 abcdefghij abcdef123456
		abc1234567 abcd123456 password12 password123 password1234 passw0rd123 p@ssw0rd12 p@ssword123 administrator
		admin12345 admin123456 letmein123 welcome123 iloveyou123 changeme123 123123123123 1231231234 1122334455
		matkhau123 matkhau1234 matkhau12345 anhyeuem123 emyeuanh123 yeuanhnhieu anhyeuem1234 vietnam123 vietnam2020
		vietnam2021 vietnam2025 vietnamvodich hanoi123456 saigon123456 hochiminh123 chihoang123 giaoban123
		giaoban2020 giaoban2025 giaoban1234 dangbo12345 vanphong123 tinhuy12345 xinchao123 khongbiet123 conmeo12345`) {
		set[word] = true
	}
	return set
}()
