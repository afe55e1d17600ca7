package newsui

import (
	"net/http"
	"strconv"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// said is an opinion that readers are shown, with readers' answers.
type said struct {
	news.Comment
	Answers []news.Comment
}

// withAnswers puts answers under what they answer. One that answers what is not shown any
// more is not shown either.
func withAnswers(shown []news.Comment) (list []said) {
	at := map[int64]int{}
	for _, c := range shown {
		if c.Parent == 0 {
			at[c.ID] = len(list)
			list = append(list, said{Comment: c})
		} else if i, ok := at[c.Parent]; ok {
			list[i].Answers = append(list[i].Answers, c)
		}
	}
	return list
}

// mostOpinions is how many opinions stand beneath an article at once, with all answers to
// them.
const mostOpinions = 100

// opinionPage is a part of the opinions on an article, those sent first before others.
type opinionPage struct {
	Opinions       []said
	Skipped        int    // before them
	Earlier, Later string // addresses of the parts beside; "" for none
}

// opinionsFrom gives the part in which the opinion stands before which there are so many.
func opinionsFrom(all []said, skip int, a article) (p opinionPage) {
	p.Skipped = min(skip, max(len(all)-1, 0)) / mostOpinions * mostOpinions
	end := min(p.Skipped+mostOpinions, len(all))
	p.Opinions = all[p.Skipped:end]
	if p.Skipped > 0 {
		p.Earlier = a.Path() + partAfter(p.Skipped-mostOpinions) + "#opinions"
	}
	if end < len(all) {
		p.Later = a.Path() + partAfter(end) + "#opinions"
	}
	return p
}

// partAfter is the query of an address that leads to the part of a list after so many; "" for
// the first.
func partAfter(skip int) string {
	if skip == 0 {
		return ""
	}
	return "?" + after + "=" + strconv.Itoa(skip)
}

// number is the number that a hidden field says; 0 for none.
func number(said string) int64 {
	n, _ := strconv.ParseInt(said, 10, 64) // none is 0
	return n
}

const (
	browserCookie = "giaoban-reader"
	browserFor    = 365 * 24 * time.Hour
)

// agree counts that a reader agrees with an opinion.
func (s *screens) agree(r *web.Request) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	id, err := r.ID("opinion")
	if err != nil {
		return err
	}
	cmd := news.AgreeCommand{Article: a.ID, Comment: id, Browser: s.browser(r), Origin: s.Origins.Of(remote(r.Request))}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.Agree(r.Context(), tx, cmd)
		return err
	})
	if err != nil {
		return err
	}
	return r.See(a.Path() + partAfter(skipOf(r)) + "#opinion-" + strconv.FormatInt(id, 10))
}

// browser tells the reader's browser from others; it is given a cookie the first time.
func (s *screens) browser(r *web.Request) news.Browser {
	if cookie, err := r.Cookie(browserCookie); err == nil && s.Origins.Gave(news.Browser(cookie.Value)) {
		return news.Browser(cookie.Value)
	}
	given := s.Origins.NewBrowser()
	http.SetCookie(r.Writer, &http.Cookie{
		Name: browserCookie, Value: string(given), Path: "/news/", MaxAge: int(browserFor / time.Second),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
	})
	return given
}
