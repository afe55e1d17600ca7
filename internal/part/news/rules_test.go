package news_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

func (w world) rules(who string, r news.Rules) (news.Rules, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Rules, error) {
		return news.SetRules(w.t.Context(), tx, actor, w.Units["BN"], r)
	})
}

// queue are the comments of Bac Ninh's desk in a state.
func (w world) queue(state news.CommentState) (list []news.Comment) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		list, err = news.Queue(w.t.Context(), q, w.Units["BN"], state)
		return err
	}))
	return list
}

var strict = news.Rules{Links: news.Tell, Repeated: news.Tell, Words: news.Refuse, Rate: news.Tell, List: []string{"Lừa  đảo", "lừa đảo", "quân bay"}, Most: 20, Kept: 7}

func TestTheDeskIsToldWhichRulesACommentMeets(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		_, err := w.rules("officer BN", strict)
		w.OK(err)
		for i, try := range []struct {
			text  string
			met   []news.Rule
			state news.CommentState
		}{
			{"Mong công bố tiến độ từng huyện.", nil, news.Waiting},
			{"Xem https://example.vn/a nhé.", []news.Rule{news.HasLinks}, news.Waiting},
			{"Vào www.example.vn nhé.", []news.Rule{news.HasLinks}, news.Waiting},
			{"Hayyyyyyyyyy quá.", []news.Rule{news.Repeated}, news.Waiting},
			{strings.Repeat("tốt ", 9), []news.Rule{news.Repeated}, news.Waiting},
			{"Mong công bố  tiến độ TỪNG huyện.", []news.Rule{news.Repeated}, news.Waiting}, // sent before, by another name
			{"Đây là trò LỪA\nđảo, xem http://a.vn", []news.Rule{news.HasLinks, news.HasWords}, news.Refused},
			{"Quân bảy của tôi lua dao.", nil, news.Waiting}, // marks count
			{"1111111111 đồng, phép cộng ==========", nil, news.Waiting},
		} {
			c, err := w.send(news.SendCommand{Article: a.ID, Check: fmt.Sprint(i), Name: fmt.Sprint("Bạn ", i), Text: try.text})
			w.OK(err)
			if !slices.Equal(c.Met, try.met) || c.State != try.state {
				w.t.Errorf("%q meets %v and is %s, want %v and %s", try.text, c.Met, c.State, try.met, try.state)
			}
		}
		if refused := w.queue(news.Refused); len(refused) != 1 || !slices.Contains(refused[0].Met, news.HasWords) || refused[0].DecidedBy != "" {
			w.t.Errorf("refused by a rule: %+v", refused)
		}
	})
}

func TestManyFromOnePlaceAreTold(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		rules := strict
		rules.Most = 2
		_, err := w.rules("leader BN", rules)
		w.OK(err)
		origins := news.NewOrigins([32]byte{1})
		for i, try := range []struct {
			from string
			many bool
		}{
			{"192.0.2.1:5000", false},
			{"192.0.2.250:5001", false},
			{"[::ffff:192.0.2.9]:80", true},
			{"192.0.3.1:5000", false},
			{"[2001:db8:1:2::1]:80", false},
			{"[2001:db8:1:ffff::1]:80", false},
			{"[2001:db8:1:3::1]:80", true},
			{"@", false},
			{"@", false},
			{"@", false}, // not known is not one place
		} {
			c, err := w.send(news.SendCommand{Article: a.ID, Check: fmt.Sprint(i), Name: "An", Text: fmt.Sprint("Ý kiến ", i), Origin: origins.Of(try.from)})
			w.OK(err)
			if many := slices.Contains(c.Met, news.TooMany); many != try.many || c.State != news.Waiting {
				w.t.Errorf("%d from %s: met %v, want too many: %v", i, try.from, c.Met, try.many)
			}
		}
		if a, b := origins.Of("192.0.2.1:1"), news.NewOrigins([32]byte{2}).Of("192.0.2.1:1"); a == b || strings.Contains(string(a), "192") {
			w.t.Errorf("origins %q and %q do not depend on the key", a, b)
		}
	})
}

func TestWhereACommentCameFromIsForgotten(t *testing.T) {
	each(t, func(w world) {
		_, err := w.send(news.SendCommand{Article: w.published().ID, Check: "một", Name: "An", Text: "Tốt.", Origin: "nơi"})
		w.OK(err)
		forget := func() int64 {
			n, err := news.ForgetOrigins(w.t.Context(), w.Ledger.DB(), w.Ledger.Now())
			w.OK(err)
			return n
		}
		if n := forget(); n != 0 {
			w.t.Errorf("%d are forgotten at once", n)
		}
		w.Clock.Advance(7*24*time.Hour + time.Second)
		if n := forget(); n != 1 {
			w.t.Errorf("%d are forgotten once their time is over, want 1", n)
		}
	})
}

func TestAnArticleTakesCommentsForAsLongAsItsDeskSays(t *testing.T) {
	each(t, func(w world) {
		a := w.published()
		rules := strict
		rules.Days = 3
		_, err := w.rules("officer BN", rules)
		w.OK(err)
		w.Clock.Set(a.PublishedAt.AddDate(0, 0, 3).Add(-time.Hour))
		_, err = w.send(news.SendCommand{Article: a.ID, Check: "một", Name: "An", Text: "Tốt."})
		w.OK(err)
		w.Clock.Set(a.PublishedAt.AddDate(0, 0, 3))
		_, err = w.send(news.SendCommand{Article: a.ID, Check: "hai", Name: "An", Text: "Rất tốt."})
		refused(w.t, "after three days", err, fault.Conflict)
	})
}

func TestRulesThatADeskCannotMake(t *testing.T) {
	each(t, func(w world) {
		_, err := w.rules("officer QV", strict)
		refused(w.t, "by another desk", err, fault.Forbidden)
		for field, change := range map[string]func(*news.Rules){
			"links": func(r *news.Rules) { r.Links = "" },
			"list":  func(r *news.Rules) { r.List = []string{strings.Repeat("a", 61)} },
			"most":  func(r *news.Rules) { r.Most = 0 },
			"days":  func(r *news.Rules) { r.Days = -1 },
		} {
			rules := strict
			change(&rules)
			_, err := w.rules("officer BN", rules)
			refused(w.t, "wrong "+field, err, fault.Invalid, field)
		}
	})
}
