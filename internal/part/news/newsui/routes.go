package newsui

import (
	"embed"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
	"giaoban/internal/part/news/prose/proseui"
)

// Texts are the words of these screens.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

//go:embed script/*.ts
var scripts embed.FS

// Config is what the screens stand on beside the frame.
type Config struct {
	Tree    *tree.Tree // of those who are nobody here, too
	Boards  *board.Boards
	Guard   code.Guard // of readers' opinions
	Hub     *live.Hub
	Origins news.Origins // of readers' opinions
	Links   news.Links   // in letters to readers
	Mailed  bool         // there is a mail server
	Secure  bool         // people come by HTTPS
	Machine clock.Clock  // by which its checks end
	Folder  *file.Folder
	Address string       // how people reach the program, for what stands on other sites
	Engine  store.Engine // which says how the public's words are matched
}

// Bundle is the script of these screens.
var Bundle = web.Bundle{Part: "news", Files: scripts, Folder: "script", Entries: []string{"send.ts", "figure.ts", "cut.ts", "desk.ts", "moderate.ts"}}

// screens shows the desk and the public page.
type screens struct {
	Config

	changes               *web.Screen
	desk, write, opinions *web.Screen
	cutting, rules        *web.Screen
	categories            *web.Screen
	handing, letters      *web.Screen
	beside                *web.Screen
	front, article        *web.Screen

	boards, ask, board        *web.Screen
	publicBoard, publicBoards *web.Screen
	list, seek, archive, site *web.Screen
}

// Add declares the screens' routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{
		Config:  config,
		changes: f.Screen(pages, "page/changes.html"),
		desk:    f.Screen(pages, "page/desk.html"), write: f.Screen(pages, "page/write.html"), opinions: f.Screen(pages, "page/opinions.html"),
		beside:  f.Screen(pages, "page/beside.html"),
		cutting: f.Screen(pages, "page/picture.html"), rules: f.Screen(pages, "page/rules.html"), categories: f.Screen(pages, "page/categories.html"),
		front: f.Screen(pages, "page/front.html"), article: f.Screen(pages, "page/article.html"),
		list: f.Screen(pages, "page/list.html"), seek: f.Screen(pages, "page/seek.html"), archive: f.Screen(pages, "page/archive.html"),
		handing: f.Screen(pages, "page/handover.html"), letters: f.Screen(pages, "page/letters.html"), site: f.Screen(pages, "page/site.html"),
	}
	s.addDesk(f)
	s.addBoards(f)
	s.addOpinions(f)
	s.addReading(f)
	s.addLetters(f)
}

// addDesk declares where articles are written and published.
func (s *screens) addDesk(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET /desk", Action: access.NewsRead, Handle: s.showDesk},
		web.Route{Pattern: "GET /desk/new", Action: access.NewsWrite, Handle: s.showNew},
		web.Route{Pattern: "POST /desk/new", Action: access.NewsWrite, Handle: s.begin, Limit: textLimit},
		web.Route{Pattern: "GET /desk/site", Action: access.NewsSite, Handle: s.showSite},
		web.Route{Pattern: "POST /desk/site", Action: access.NewsSite, Handle: s.setSite, Limit: pictureLimit},
		web.Route{Pattern: "POST /desk/paste", Action: access.SignedIn, Handle: proseui.Paste, Limit: proseui.PasteLimit},
		web.Route{Pattern: "GET /desk/categories", Action: access.NewsWrite, Handle: s.showCategories},
		web.Route{Pattern: "POST /desk/categories", Action: access.NewsWrite, Handle: s.setCategories},
		web.Route{Pattern: "GET /desk/figure", Action: access.NewsWrite, Handle: s.figure},
		web.Route{Pattern: "POST /desk/{id}/figures", Action: access.NewsWrite, Handle: s.take},
		web.Route{Pattern: "GET /desk/{id}", Action: access.NewsRead, Handle: s.showWrite},
		web.Route{Pattern: "GET /desk/{id}/changes", Action: access.NewsRead, Handle: s.showChanges},
		web.Route{Pattern: "POST /desk/{id}/restore", Action: access.NewsWrite, Handle: s.restore},
		web.Route{Pattern: "POST /desk/{id}", Action: access.NewsWrite, Handle: s.save, Limit: textLimit},
		web.Route{Pattern: "POST /desk/{id}/draft", Action: access.NewsWrite, Handle: s.autosave, Limit: textLimit},
		web.Route{Pattern: "POST /desk/{id}/open", Action: access.NewsWrite, Handle: s.open},
		web.Route{Pattern: "POST /desk/{id}/publish", Action: access.NewsWrite, Handle: s.publish},
		web.Route{Pattern: "POST /desk/{id}/stage", Action: access.NewsWrite, Handle: s.moveOn},
		web.Route{Pattern: "POST /desk/{id}/withdraw", Action: access.NewsPublish, Handle: s.withdraw},
		web.Route{Pattern: "POST /desk/{id}/pictures", Action: access.NewsWrite, Handle: s.addPicture, Limit: pictureLimit},
		web.Route{Pattern: "GET /desk/{id}/pictures/{picture}", Action: access.NewsWrite, Handle: s.showCut},
		web.Route{Pattern: "POST /desk/{id}/pictures/{picture}", Action: access.NewsWrite, Handle: s.changePicture},
		web.Route{Pattern: "POST /desk/{id}/files", Action: access.NewsWrite, Handle: s.attach, Limit: file.Limit + 1<<20},
		web.Route{Pattern: "GET /desk/{id}/files/{file}", Action: access.NewsRead, Handle: s.showFile},
		web.Route{Pattern: "POST /desk/{id}/files/{file}", Action: access.NewsWrite, Handle: s.detach},
		web.Route{Pattern: "POST /pictures", Action: access.NewsWrite, Handle: s.takePicture, Limit: pictureLimit},
		web.Route{Pattern: "GET /pictures/{picture}", Action: access.NewsRead, Handle: s.showPicture},
	)
}

// addOpinions declares where a desk decides about readers' comments.
func (s *screens) addOpinions(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET /opinions", Action: access.NewsModerate, Handle: s.showOpinions},
		web.Route{Pattern: "GET /opinions/rules", Action: access.NewsModerate, Handle: s.showRules},
		web.Route{Pattern: "POST /opinions/rules", Action: access.NewsModerate, Handle: s.setRules},
		web.Route{Pattern: "GET " + opinionsLive, Action: access.NewsModerate, Handle: s.live, Stream: true},
		web.Route{Pattern: "POST /opinions", Action: access.NewsModerate, Handle: s.decideSeveral},
		web.Route{Pattern: "GET /opinions/{opinion}/difficulty", Action: access.NewsModerate, Handle: s.showHandOver},
		web.Route{Pattern: "POST /opinions/{opinion}/difficulty", Action: access.NewsModerate, Handle: s.handOver},
		web.Route{Pattern: "POST /opinions/{opinion}", Action: access.NewsModerate, Handle: s.decide},
		web.Route{Pattern: "GET /desk/{id}/beside", Action: access.NewsModerate, Handle: s.showBeside},
		web.Route{Pattern: "GET /desk/{id}/opinions", Action: access.NewsModerate, Handle: s.exportOpinions},
		web.Route{Pattern: "POST /desk/{id}/opinions", Action: access.NewsModerate, Handle: s.setOpinions},
	)
}

// addReading declares what the public reads, and where it sends comments.
func (s *screens) addReading(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET " + dressPath, Action: access.Public, Handle: s.giveDress, Shared: true},
		web.Route{Pattern: "GET /news/file/{file}/{name}", Action: access.Public, Handle: s.giveFile},
		web.Route{Pattern: "GET /news/picture/{picture}/{width}", Action: access.Public, Handle: s.givePicture},
		web.Route{Pattern: "GET /news/{$}", Action: access.Public, Handle: s.showFront, Shared: true},
		web.Route{Pattern: "GET /news/search", Action: access.Public, Handle: s.search},
		web.Route{Pattern: "GET /news/category/{label}", Action: access.Public, Handle: s.labelled(news.Category), Shared: true},
		web.Route{Pattern: "GET /news/tag/{label}", Action: access.Public, Handle: s.labelled(news.Tag), Shared: true},
		web.Route{Pattern: "GET /news/author/{label}", Action: access.Public, Handle: s.labelled(news.Author), Shared: true},
		web.Route{Pattern: "GET /news/archive", Action: access.Public, Handle: s.showArchive, Shared: true},
		web.Route{Pattern: "GET /news/archive/{day}", Action: access.Public, Handle: s.showDay, Shared: true},
		web.Route{Pattern: "GET /news/atom.xml", Action: access.Public, Handle: s.feed("application/atom+xml; charset=utf-8", atom), Shared: true},
		web.Route{Pattern: "GET /news/rss.xml", Action: access.Public, Handle: s.feed("application/rss+xml; charset=utf-8", rss), Shared: true},
		web.Route{Pattern: "GET /news/feed.json", Action: access.Public, Handle: s.feed("application/feed+json; charset=utf-8", jsonFeed), Shared: true},
		web.Route{Pattern: "GET " + sitemapPath, Action: access.Public, Handle: s.sitemap, Shared: true},
		web.Route{Pattern: "GET /news/sitemap/{part}", Action: access.Public, Handle: s.sitemapPart},
		web.Route{Pattern: "GET /robots.txt", Action: access.Public, Handle: s.robots},
		web.Route{Pattern: "GET /news/{id}/{slug}", Action: access.Public, Handle: s.showArticle, Shared: true},
		web.Route{Pattern: "POST /news/{id}/opinions", Action: access.Public, Handle: s.send},
		web.Route{Pattern: "POST /news/{id}/opinions/{opinion}/agree", Action: access.Public, Handle: s.agree},
		web.Route{Pattern: "GET /news/check/{id}", Action: access.Public, Handle: s.check},
		web.Route{Pattern: "GET /news/challenge/{id}", Action: access.Public, Handle: s.challenge},
		web.Route{Pattern: "GET /news/code/{token}", Action: access.Public, Handle: s.showCode},
		web.Route{Pattern: "GET /news/code/{token}/sound", Action: access.Public, Handle: s.sayCode},
		web.Route{Pattern: "GET /news/work.js", Action: access.Public, Handle: s.worker},
		web.Route{Pattern: "GET /news/{id}", Action: access.Public, Handle: s.toArticle},
	)
}

// unitOf is the unit of the address, or where the person works.
func unitOf(r *web.Request) tree.UnitID {
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		return tree.UnitID(id)
	}
	return r.Actor.Home()
}
