package newsui

import (
	"time"

	"giaoban/internal/edge/web"
)

// headOf is what an article's page tells programs.
func (s *screens) headOf(r *web.Request, a article) web.Head {
	layout := r.Layout()
	head := web.Head{Description: a.Text.Lead, Canonical: a.Path(), Published: a.PublishedAt, Changed: a.ChangedAt, Feeds: feeds}
	if head.Description == "" {
		head.Description = a.Text.Headline
	}
	data := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": a.Text.Headline, "description": head.Description, "inLanguage": "vi",
		"datePublished": head.Published.Format(time.RFC3339), "dateModified": head.Changed.Format(time.RFC3339),
		"mainEntityOfPage": layout.Absolute(a.Path()), "author": authorsOf(layout, a),
	}
	publisher := map[string]any{"@type": "Organization", "name": a.Of}
	if layout.Brand.Logo != "" {
		publisher["logo"] = map[string]any{"@type": "ImageObject", "url": layout.Absolute(layout.Brand.Logo)}
	}
	data["publisher"] = publisher
	if a.Text.Category != "" {
		data["articleSection"] = a.Text.Category
	}
	if len(a.Text.Tags) > 0 {
		data["keywords"] = a.Text.Tags
	}
	if a.Cover != nil {
		head.Image = a.Cover.Address()
		data["image"] = []string{layout.Absolute(head.Image)}
	}
	head.Data = data
	return head
}

func authorsOf(layout *web.Layout, a article) (list []map[string]any) {
	for _, l := range a.Authors {
		list = append(list, map[string]any{"@type": "Person", "name": l.Name, "url": layout.Absolute(l.Path())})
	}
	if len(list) == 0 {
		list = append(list, map[string]any{"@type": "Organization", "name": a.Of})
	}
	return list
}
