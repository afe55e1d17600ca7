package inboxui

import (
	"fmt"

	"giaoban/internal/edge/web"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/news"
)

// articles lists the articles with which the person goes on.
func (p *page) articles(r *web.Request) {
	p.add("news-handed-in", articleLines(r, p.HandedIn))
	p.add("news-sent-back", articleLines(r, p.SentBack))
}

func articleLines(r *web.Request, list []inbox.Article) (lines []line) {
	words := map[news.Stage]string{news.HandedIn: "inboxui.news.approve", news.SentBack: "inboxui.news.mend", news.Stuck: "inboxui.news.stuck"}
	for _, a := range list {
		lines = append(lines, line{
			Path: fmt.Sprintf("/desk/%d", a.ID), What: a.Text.Headline, Small: []string{a.At.Name, r.Person(a.StageBy)}, Sign: "waiting", Word: r.T(words[a.Stage]),
		})
	}
	return lines
}
