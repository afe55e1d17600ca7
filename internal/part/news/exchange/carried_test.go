package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
)

// carrying is two installations with the bundles that somebody carries between them.
type carrying struct {
	inside, public *side
	articles       []int64 // that are published
	out            []carried
	back           [][]byte
	newest         carried  // of those that were taken
	gone           []string // opinions that readers took back on the public side
	erased         []string // those of them that are erased there
	n              int
}

// carried is a bundle outwards with what the inside read when it was made.
type carried struct {
	bundle []byte
	reads  string
	number int
}

// However often, and in whichever order, bundles are carried: the public reads what the
// newest of those that came says, and in the end what the inside reads.
func TestThePublicReadsWhatTheInsideLastExported(t *testing.T) {
	eachWay(t, func(t *testing.T, inside, public *side) {
		c := &carrying{inside: inside, public: public}
		c.exports()
		c.takes(t, 0)
		c.back = append(c.back, public.exports(exchange.Opinions))
		acts := []func(*rapid.T){
			c.publishes, c.corrects, c.withdraws, c.sends, c.sends, c.decides, c.decides,
			c.answers, c.cuts, c.reopens, c.takesBack, c.erases, c.dresses, c.files, c.closes, c.schedules,
			func(*rapid.T) { c.exports() },
			func(*rapid.T) { c.back = append(c.back, public.exports(exchange.Opinions)) },
			c.carries, c.carriesBack, c.carriesBack,
		}
		rapid.Check(t, func(t *rapid.T) {
			for range rapid.IntRange(1, 8).Draw(t, "acts") {
				rapid.SampledFrom(acts).Draw(t, "act")(t)
			}
			c.holds(t)
			if rapid.Bool().Draw(t, "end") {
				c.ends(t)
			}
		})
	})
}

func (c *carrying) next() string {
	c.n++
	return fmt.Sprint("đại hội ", c.n, ".")
}

func (c *carrying) publishes(*rapid.T) {
	text := morning
	text.Headline = c.next()
	c.articles = append(c.articles, c.inside.publishes(text.Headline, text).ID)
}

func (c *carrying) corrects(t *rapid.T) {
	if len(c.articles) == 0 {
		return
	}
	c.inside.corrects(rapid.SampledFrom(c.articles).Draw(t, "article"), c.next())
}

func (c *carrying) withdraws(t *rapid.T) {
	if len(c.articles) == 0 {
		return
	}
	i := rapid.IntRange(0, len(c.articles)-1).Draw(t, "article")
	c.inside.withdraws(c.articles[i])
	c.articles = append(c.articles[:i:i], c.articles[i+1:]...)
}

// sends has a reader send an opinion, where the article is there to be read.
func (c *carrying) sends(t *rapid.T) {
	if len(c.articles) > 0 {
		c.sendsOn(t, rapid.SampledFrom(c.articles).Draw(t, "article"), 0)
	}
}

func (c *carrying) sendsOn(t *rapid.T, article, parent int64) {
	said := c.next()
	_, err := c.public.sends(article, parent, said, said)
	if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) {
		t.Fatal(err)
	}
}

func (c *carrying) decides(t *rapid.T) {
	state := rapid.SampledFrom([]news.CommentState{news.Waiting, news.Shown, news.Refused}).Draw(t, "state")
	list := c.inside.queue(state)
	if len(list) == 0 {
		return
	}
	one := rapid.SampledFrom(list).Draw(t, "comment")
	to := rapid.SampledFrom([]news.DecideCommand{{To: news.Shown}, {To: news.Shown, Reply: "Cảm ơn bạn."}, {To: news.Refused, Reason: "Ngoài bài."}}).Draw(t, "decision")
	to.Comment = one.ID
	c.inside.decides(to)
}

func (c *carrying) exports() {
	c.out = append(c.out, carried{c.inside.exports(exchange.News), c.inside.reads(), len(c.out)})
}

func (c *carrying) carries(t *rapid.T) {
	c.takes(t, rapid.IntRange(0, len(c.out)-1).Draw(t, "bundle"))
}

// takes has the public side take a bundle, which is refused where it is older than the
// newest that came.
func (c *carrying) takes(t rapid.TB, i int) {
	_, err := c.public.imports(exchange.News, c.out[i].bundle, c.inside.key.Public)
	switch {
	case fault.Is(err, fault.Conflict) && i < c.newest.number:
	case err != nil:
		t.Fatalf("bundle %d after %d: %v", i, c.newest.number, err)
	default:
		c.newest = c.out[i]
	}
}

func (c *carrying) carriesBack(t *rapid.T) {
	i := rapid.IntRange(0, len(c.back)-1).Draw(t, "bundle back")
	_, err := c.inside.imports(exchange.Opinions, c.back[i], c.public.key.Public)
	if err != nil && !fault.Is(err, fault.Conflict) {
		t.Fatal(err)
	}
}

// ends carries once each way: what readers took back the desk has no more, what the desk
// decided readers see.
func (c *carrying) ends(t *rapid.T) {
	c.back = append(c.back, c.public.exports(exchange.Opinions))
	if _, err := c.inside.imports(exchange.Opinions, c.back[len(c.back)-1], c.public.key.Public); err != nil {
		t.Fatal(err)
	}
	c.exports()
	c.takes(t, len(c.out)-1)
	c.holds(t)
	if public, inside := c.public.reads(), c.inside.reads(); public != inside {
		t.Fatalf("the public reads\n%s\nthe inside\n%s", public, inside)
	}
	for _, said := range c.erased {
		if n := c.inside.knows(said); n > 0 {
			t.Fatalf("the inside still has %q, %d times", said, n)
		}
	}
}

// holds compares what the public reads with what the bundle said that was taken last,
// without what readers took back since.
func (c *carrying) holds(t rapid.TB) {
	if got, want := c.without(c.public.reads()), c.without(c.newest.reads); got != want {
		t.Fatalf("the public reads\n%s\nwant\n%s", got, want)
	}
	for _, said := range c.gone {
		if strings.Contains(c.public.reads(), said) {
			t.Fatalf("readers are still shown %q", said)
		}
	}
}

// without leaves out the lines of opinions that were taken back.
func (c *carrying) without(reads string) (left string) {
	for line := range strings.Lines(reads) {
		if !slices.ContainsFunc(c.gone, func(said string) bool { return strings.Contains(line, said) }) {
			left += line
		}
	}
	return left
}
