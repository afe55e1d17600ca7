package news

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Colour is one of the screen, as "#9d1b20".
type Colour string

// Grounds of the public page on which words stand in the site's colour, by day and in the
// dark: what token.css and public.css call --sheet, --paper and --hover. The first is that of most words.
var (
	DayGrounds   = []Colour{"#ffffff", "#fbfaf7", "#faf7f1"}
	NightGrounds = []Colour{"#201d1a", "#171513", "#2a2622"}
)

// Legible is the least contrast of words with their ground: WCAG 2.1, 1.4.3.
const Legible = 4.5

var colourForm = regexp.MustCompile(`^#?([0-9a-f]{6}|[0-9a-f]{3})$`)

// ParseColour reads a colour as people write it: "#9D1B20", "9d1b20", "#91b".
func ParseColour(typed string) (Colour, bool) {
	found := colourForm.FindStringSubmatch(strings.ToLower(strings.TrimSpace(typed)))
	if found == nil {
		return "", false
	}
	digits := found[1]
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	return Colour("#" + digits), true
}

// Contrast is that of two colours by WCAG 2.1: from 1 to 21.
func (c Colour) Contrast(other Colour) float64 {
	a, b := c.luminance(), other.luminance()
	return (max(a, b) + .05) / (min(a, b) + .05)
}

// On is the least contrast with grounds.
func (c Colour) On(grounds []Colour) float64 {
	least := math.Inf(1)
	for _, ground := range grounds {
		least = min(least, c.Contrast(ground))
	}
	return least
}

// Mixed is the colour with a share of another, from 0 to 1.
func (c Colour) Mixed(other Colour, share float64) Colour {
	a, b := c.parts(), other.parts()
	for i := range a {
		a[i] = math.Round(a[i]*(1-share) + b[i]*share)
	}
	return Colour(fmt.Sprintf("#%02x%02x%02x", int(a[0]), int(a[1]), int(a[2])))
}

// ByNight is a colour of the same hue, as light as words in the dark need.
func (c Colour) ByNight() Colour {
	for share := 0.0; share < 1; share += .05 {
		if lighter := c.Mixed("#ffffff", share); lighter.On(NightGrounds) >= Legible {
			return lighter
		}
	}
	return "#ffffff"
}

// Wash is a ground with a little of the colour, on which words in the colour are legible
// where they are on the ground itself.
func (c Colour) Wash(ground Colour) Colour {
	for share := .1; share > 0; share -= .02 {
		if wash := ground.Mixed(c, share); c.Contrast(wash) >= Legible {
			return wash
		}
	}
	return ground
}

// parts are red, green and blue, from 0 to 255.
func (c Colour) parts() (rgb [3]float64) {
	for i := range rgb {
		n, _ := strconv.ParseUint(string(c[1+2*i:3+2*i]), 16, 8) // a colour was parsed
		rgb[i] = float64(n)
	}
	return rgb
}

func (c Colour) luminance() (sum float64) {
	weights := [3]float64{.2126, .7152, .0722}
	for i, part := range c.parts() {
		if part /= 255; part <= .03928 {
			sum += weights[i] * part / 12.92
		} else {
			sum += weights[i] * math.Pow((part+.055)/1.055, 2.4)
		}
	}
	return sum
}
