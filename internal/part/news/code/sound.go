package code

import (
	"embed"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// voice has a recording of what each character of the alphabet is called, made by
// voice/record.sh.
//
//go:embed voice/*.wav
var voice embed.FS

// A recording and what is made of them: samples a second, of one channel.
const (
	rate   = 16000
	header = 44 // bytes before the samples of a plain WAV
)

// How a code is spoken: slowly enough to be typed meanwhile.
const (
	lead     = rate * 7 / 10 // samples of quiet before the first character and after the last
	pause    = rate * 11 / 10
	pitched  = .08 // how far a voice is higher or lower, at most
	unsteady = .09 // how far it changes that while it speaks
	loud     = .8  // the loudest of a character, around which it is spread
	hiss     = .02 // noise, of the loudest that can be
	murmur   = .05 // voices in the background that say nothing, of the same
)

// Sound speaks a code in Vietnamese, character by character, as a WAV with 8 bits a
// sample: some hundred and fifty kilobytes, eight to twelve seconds. No character sounds
// the same twice to a program that compares it with a recording, and all do to people. One
// code and one seed give one sound.
func Sound(code string, seed uint64) ([]byte, error) {
	dice := rand.New(rand.NewPCG(seed, 1))
	spoken := make([]float64, lead)
	for _, character := range code {
		recording, err := voice.ReadFile("voice/" + string(character) + ".wav")
		if err != nil {
			return nil, fmt.Errorf("a code's sound: %w", err)
		}
		spoken = append(spoken, louder(smeared(unsteadily(samples(recording), dice), dice), spread(dice, loud, .1))...)
		spoken = append(spoken, make([]float64, pause+dice.IntN(pause/4))...)
	}
	spoken = append(spoken, make([]float64, lead)...)
	if err := background(spoken, dice); err != nil {
		return nil, err
	}
	return wav(spoken, dice), nil
}

// background lays voices over all: recordings that are played backwards.
func background(spoken []float64, dice *rand.Rand) error {
	for at := 0; at < len(spoken); {
		character := Alphabet[dice.IntN(len(Alphabet))]
		recording, err := voice.ReadFile("voice/" + string(character) + ".wav")
		if err != nil {
			return fmt.Errorf("a sound's background: %w", err)
		}
		said := samples(recording)
		slices.Reverse(said)
		for _, sample := range louder(said, murmur) {
			if at == len(spoken) {
				break
			}
			spoken[at] += sample
			at++
		}
	}
	return nil
}

// samples are a recording's, between -1 and 1.
func samples(recording []byte) []float64 {
	recording = recording[header:]
	found := make([]float64, len(recording)/2)
	for i := range found {
		found[i] = float64(int16(binary.LittleEndian.Uint16(recording[2*i:]))) / (1 << 15)
	}
	return found
}

// unsteadily plays samples higher or lower, and never at one pace.
func unsteadily(recorded []float64, dice *rand.Rand) (played []float64) {
	factor, phase, slow := spread(dice, 1, pitched), spread(dice, 0, math.Pi), spread(dice, 2.5, .7)
	for at := 0.0; at < float64(len(recorded)-1); {
		before := int(at)
		share := at - float64(before)
		played = append(played, recorded[before]*(1-share)+recorded[before+1]*share)
		at += factor * (1 + unsteady*math.Sin(phase+2*math.Pi*slow*float64(len(played))/rate))
	}
	return played
}

// smeared shifts the parts of a sound that lie near some random pitches against the others,
// by some milliseconds: a chain of all-pass filters of the second order. Nobody hears that,
// and the wave is no recording's any more.
func smeared(played []float64, dice *rand.Rand) []float64 {
	const filters, longest = 16, rate / 30
	played = append(played, make([]float64, longest)...)
	for range filters {
		near := spread(dice, .97, .015)
		far := near * near
		turn := -2 * near * math.Cos(2*math.Pi*100*math.Pow(25, dice.Float64())/rate) // at 100 to 2,500 Hz
		in, inBefore, out, outBefore := 0.0, 0.0, 0.0, 0.0
		for i, sample := range played {
			next := far*sample + turn*in + inBefore - turn*out - far*outBefore
			in, inBefore, out, outBefore = sample, in, next, out
			played[i] = next
		}
	}
	return played
}

// louder makes the loudest of the samples as loud as said.
func louder(samples []float64, most float64) []float64 {
	peak := 0.0
	for _, sample := range samples {
		peak = max(peak, math.Abs(sample))
	}
	for i := range samples {
		samples[i] *= most / peak
	}
	return samples
}

// wav is a file of the samples, with noise over them.
func wav(spoken []float64, dice *rand.Rand) []byte {
	file := make([]byte, 0, header+len(spoken))
	file = append(file, "RIFF"...)
	file = binary.LittleEndian.AppendUint32(file, uint32(header-8+len(spoken)))
	file = append(file, "WAVEfmt "...)
	file = binary.LittleEndian.AppendUint32(file, 16) // bytes of what follows, up to "data"
	file = binary.LittleEndian.AppendUint16(file, 1)  // plain samples
	file = binary.LittleEndian.AppendUint16(file, 1)  // one channel
	file = binary.LittleEndian.AppendUint32(file, rate)
	file = binary.LittleEndian.AppendUint32(file, rate) // bytes a second
	file = binary.LittleEndian.AppendUint16(file, 1)    // bytes a sample
	file = binary.LittleEndian.AppendUint16(file, 8)    // bits a sample
	file = append(file, "data"...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(spoken)))
	for _, sample := range spoken {
		heard := max(-1, min(1, sample+spread(dice, 0, hiss)))
		file = append(file, byte(128+heard*127))
	}
	return file
}
