package app

import (
	"embed"
	"sync"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/archive"
	"giaoban/internal/base/calendar"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/doctor"
	"giaoban/internal/edge/accountui"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/briefing/briefingui"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/difficulty/difficultyui"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/directive/directiveui"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/folder/folderui"
	"giaoban/internal/part/inbox/inboxui"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/letter/letterui"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
	"giaoban/internal/part/news/exchangeui"
	"giaoban/internal/part/news/newsui"
	"giaoban/internal/part/news/picture"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/news/prose/proseui"
	"giaoban/internal/part/org"
	"giaoban/internal/part/org/orgui"
	"giaoban/internal/part/register"
	"giaoban/internal/part/register/registerui"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/remind/remindui"
	"giaoban/internal/part/report"
	"giaoban/internal/part/report/reportui"
	"giaoban/internal/part/search/searchui"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

//go:embed texts.yaml
var texts embed.FS

// Texts is the texts of all parts, in both languages, read once.
var Texts = sync.OnceValues(func() (*text.Catalog, error) {
	return text.Load(
		texts, text.Texts, access.Texts, ledger.Texts, marking.Texts, authority.Texts, media.Texts, account.Texts, archive.Texts, file.Texts, signedpdf.Texts, calendar.Texts, profile.Texts, sheet.Texts, store.Texts, doctor.Texts, web.Texts,
		accountui.Texts,
		org.Texts, orgui.Texts, register.Texts, registerui.Texts, directive.Texts, directiveui.Texts, report.Texts, reportui.Texts, boardui.Texts, difficulty.Texts, difficultyui.Texts, task.Texts, taskui.Texts, conclusion.Texts, briefing.Texts, briefingui.Texts, news.Texts, exchange.Texts, exchangeui.Texts, newsui.Texts, picture.Texts, proseui.Texts, prose.Texts, remind.Texts, remindui.Texts, letter.Texts, letterui.Texts, searchui.Texts, inboxui.Texts, folder.Texts, folderui.Texts,
	)
})
