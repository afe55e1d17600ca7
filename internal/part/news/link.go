package news

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"giaoban/internal/base/fault"
)

// Purpose is what a link in a letter is good for, and nothing else.
type Purpose string

// The purposes.
const (
	ToConfirm  Purpose = "confirm"   // that an address is its owner's; names a reader
	ToTakeBack Purpose = "take-back" // a comment; names that
	ToCollect  Purpose = "mine"      // all that an address wrote; names a reader
)

// For is how long a link is good.
func (p Purpose) For() time.Duration {
	return map[Purpose]time.Duration{ToConfirm: 3 * 24 * time.Hour, ToTakeBack: 90 * 24 * time.Hour, ToCollect: 24 * time.Hour}[p]
}

// Links makes what only the letters of this installation can have in their links.
type Links struct{ key [32]byte }

// NewLinks makes them by the key of [Secret].
func NewLinks(key [32]byte) Links {
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte("links in letters to readers"))
	return Links{[32]byte(mac.Sum(nil))}
}

const linkBody, linkProof = 16, 16 // bytes: what it names and until when; the proof of that

// Make gives a link's token for what it names by number, as of a moment.
func (l Links) Make(p Purpose, id int64, now time.Time) string {
	body := binary.BigEndian.AppendUint64(nil, uint64(id))
	body = binary.BigEndian.AppendUint64(body, uint64(now.Add(p.For()).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(body, l.proof(p, body)...))
}

// Read gives what a token names. NotFound: it is none of this installation, is for
// something else, or its time is over.
func (l Links) Read(p Purpose, token string, now time.Time) (id int64, err error) {
	late := fault.New(fault.NotFound, "news.link.late")
	said, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(said) != linkBody+linkProof {
		return 0, late
	}
	body := said[:linkBody]
	until := time.Unix(int64(binary.BigEndian.Uint64(body[8:])), 0)
	if !hmac.Equal(said[linkBody:], l.proof(p, body)) || now.After(until) {
		return 0, late
	}
	return int64(binary.BigEndian.Uint64(body)), nil
}

func (l Links) proof(p Purpose, body []byte) []byte {
	mac := hmac.New(sha256.New, l.key[:])
	mac.Write([]byte(p + " "))
	mac.Write(body)
	return mac.Sum(nil)[:linkProof]
}
