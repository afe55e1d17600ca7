package newsui

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/picture"
	"giaoban/internal/part/news/prose"
)

// pictureLimit is the most bytes of a form with a picture: a little more than of the
// picture, so that one that is too large is refused by name.
const pictureLimit = picture.MostBytes + 1<<20

// publicPicture is where anybody fetches a picture in one of its widths. Its address has
// its hash: what comes from it never changes.
func publicPicture(id string, width int) string {
	return "/news/picture/" + id + "/" + strconv.Itoa(width)
}

// deskPicture is where a desk fetches it, published or not.
func deskPicture(id string, width int) string {
	return "/pictures/" + id + "?width=" + strconv.Itoa(width)
}

// usual is the width that a browser fetches which knows no other, in pixels.
const usual = 960

// imageOf is a picture as a page shows it in the column of an article.
func imageOf(p news.Picture, at func(id string, width int) string) prose.Image {
	widest := p.Widest()
	image := prose.Image{URL: at(p.ID, sizeFor(p, usual).Width), Width: widest.Width, Height: widest.Height}
	if len(p.Sizes) == 1 {
		return image
	}
	var set []string
	for _, size := range p.Sizes {
		set = append(set, at(p.ID, size.Width)+" "+strconv.Itoa(size.Width)+"w")
	}
	image.Set, image.Sizes = strings.Join(set, ", "), "(min-width: 45rem) 43rem, calc(100vw - 2rem)"
	return image
}

// sizeFor is the narrowest size that is as wide as a width, or else the widest.
func sizeFor(p news.Picture, width int) news.Size {
	for _, size := range p.Sizes {
		if size.Width >= width {
			return size
		}
	}
	return p.Widest()
}

// bodyOf is a body as it is read; what cannot be read says nothing: it was refused when
// it was saved.
func bodyOf(r *web.Request, t news.Text, found map[string]news.Picture, at func(id string, width int) string) template.HTML {
	document, err := t.Document()
	if err != nil {
		return ""
	}
	return document.HTML(prose.Options{AsOf: asOf(r), Picture: pictured(found, at, false)})
}

// leadOf is the picture that leads a text; "" where none does.
func leadOf(t news.Text, found map[string]news.Picture, at func(id string, width int) string) template.HTML {
	if t.Picture == nil {
		return ""
	}
	return prose.Document{Blocks: []prose.Block{{Picture: t.Picture}}}.HTML(prose.Options{Picture: pictured(found, at, true)})
}

func pictured(found map[string]news.Picture, at func(id string, width int) string, first bool) func(string) (prose.Image, bool) {
	return func(id string) (image prose.Image, there bool) {
		p, there := found[id]
		if there {
			image = imageOf(p, at)
			image.First = first
		}
		return image, there
	}
}

// cover is the picture that stands for an article on other pages.
type cover struct {
	news.Picture
	Alt string
}

// Small is its narrowest size, for a list.
func (c cover) Small() prose.Image {
	size := sizeFor(c.Picture, 0)
	return prose.Image{URL: publicPicture(c.ID, size.Width), Width: size.Width, Height: size.Height}
}

// Large is as the article itself shows it.
func (c cover) Large() prose.Image { return imageOf(c.Picture, publicPicture) }

// Address is where its widest size is fetched, for those who show the article elsewhere.
func (c cover) Address() string { return publicPicture(c.ID, c.Widest().Width) }

// coverOf is the cover of a text that is published; nil where it has none.
func coverOf(ctx context.Context, q store.Querier, t news.Text) (*cover, error) {
	says, there := t.Cover()
	if !there {
		return nil, nil //nolint:nilnil // a page asks whether there is one
	}
	p, err := news.PictureOf(ctx, q, says.File)
	return &cover{Picture: p, Alt: says.Alt}, err
}

// givePicture gives anybody a picture of what is published.
func (s *screens) givePicture(r *web.Request) error {
	width, _ := strconv.ParseInt(r.PathValue("width"), 10, 64) // none is no width
	var kept file.File
	err := r.View(func(q store.Querier) (err error) {
		kept, err = news.PublicPicture(r.Context(), q, r.PathValue("picture"), width)
		return err
	})
	if err != nil {
		return err
	}
	return s.sendPicture(r, kept, "public, max-age=31536000, immutable")
}

// showPicture gives a picture to the desk whose it is.
func (s *screens) showPicture(r *web.Request) error {
	width, _ := strconv.Atoi(r.Query("width"))
	if width <= 0 {
		width = usual
	}
	var kept file.File
	err := r.View(func(q store.Querier) error {
		p, err := news.PictureOf(r.Context(), q, r.PathValue("picture"))
		if err != nil {
			return err
		}
		if err := r.Actor.May(access.NewsRead, p.Unit); err != nil {
			return err
		}
		name := sizeFor(p, width).File
		if r.Query("whole") != "" {
			name = p.Master
		}
		kept, err = file.Get(r.Context(), q, name)
		return err
	})
	if err != nil {
		return err
	}
	return s.sendPicture(r, kept, "private, no-store")
}

func (s *screens) sendPicture(r *web.Request, kept file.File, caching string) error {
	content, err := s.Folder.Open(kept)
	if err != nil {
		return err
	}
	defer content.Close()
	header := r.Writer.Header()
	header.Set("Content-Type", kept.Kind.MediaType())
	header.Set("Cache-Control", caching)
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(r.Writer, r.Request, "", kept.At, content)
	return nil
}

// uploaded is what the editor is told of a picture that it sent.
type uploaded struct {
	File string `json:"file"`
}

// takePicture makes a picture the desk's, for the editor, which puts it into the text.
func (s *screens) takePicture(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	form, err := r.Posted("picture")
	if err != nil {
		return err
	}
	cut, err := s.cut(form)
	if err != nil {
		return err
	}
	var p news.Picture
	err = r.Update(func(tx *ledger.Tx) (err error) {
		p, err = news.AddPicture(r.Context(), tx, r.Actor, news.AddPictureCommand{Key: form.Key, Unit: unit, Cut: cut})
		return err
	})
	if err != nil {
		return err
	}
	return r.JSON(uploaded{File: p.ID})
}

// cut reads the picture of a form.
func (s *screens) cut(form *web.Form) (news.CutPicture, error) {
	sent := form.Files("picture")
	if len(sent) != 1 {
		return news.CutPicture{}, fault.New(fault.Invalid, "picture.none").At("picture")
	}
	content, err := sent[0].Open()
	if err != nil {
		return news.CutPicture{}, fmt.Errorf("opening an uploaded picture: %w", err)
	}
	defer content.Close()
	return news.TakePicture(s.Folder, sent[0].Filename, content)
}

// addPicture puts a picture into an article that was saved: the way without script.
func (s *screens) addPicture(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("add-picture")
	if err != nil {
		return err
	}
	cut, err := s.cut(form)
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			return add(r, tx, a.Unit, form, cut, news.PlacePictureCommand{Article: a.ID, Lead: form.Checked("lead")})
		})
	}
	return s.done(r, a, form, err, "newsui.picture.added")
}

func add(r *web.Request, tx *ledger.Tx, unit tree.UnitID, form *web.Form, cut news.CutPicture, cmd news.PlacePictureCommand) error {
	p, err := news.AddPicture(r.Context(), tx, r.Actor, news.AddPictureCommand{Key: form.Key, Unit: unit, Cut: cut})
	if err != nil {
		return err
	}
	cmd.Picture = wordsOf(form, p.ID)
	_, err = news.PlacePicture(r.Context(), tx, r.Actor, cmd)
	return err
}

// wordsOf is what stands in a form about a picture.
func wordsOf(form *web.Form, id string) prose.Picture {
	return prose.Picture{File: id, Alt: form.Text("alt"), Caption: form.Text("caption"), Credit: form.Text("credit"), Decorative: form.Checked("decorative")}
}

// leadField is the leading picture as the form of the text carries it.
func leadField(t news.Text) string {
	if t.Picture == nil {
		return ""
	}
	field, err := json.Marshal(t.Picture)
	if err != nil {
		return "" // it has nothing that cannot be written
	}
	return string(field)
}

// leadFrom reads it back; what is no picture is a fault of the form.
func leadFrom(form *web.Form) *prose.Picture {
	field := form.Raw("lead-picture")
	if field == "" {
		return nil
	}
	lead := &prose.Picture{}
	if err := json.Unmarshal([]byte(field), lead); err != nil {
		form.Wrong(fault.New(fault.Invalid, "prose.unreadable").Because(err).At("lead-picture"))
		return nil
	}
	return lead
}
