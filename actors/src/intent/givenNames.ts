/**
 * Names that may stand below an answer ("yes, thanks! Bob"), of people in the languages that are understood and of the
 * programs they greet. Only these: a word that is not known could change what was said. None of them is a word of
 * another meaning (no Will, Mark, Grant, Hope, Frank).
 */
export const givenNames: ReadonlySet<string> = new Set(
  `maillm claude codex opencode
  aaron abdul adam adrian agnes ahmed alan albert alex alexander alexandra alice alicia alina allison amanda amber
  amelia amy anastasia andrea andreas andrew andy angela anita anja anke ann anna anne annette antoine anton antonio
  arthur ayşe ayse barbara ben benjamin bernard bernd bianca björn bob brenda brian bruno camille carla carlos carmen
  carol caroline catherine cecilia charles charlotte chen chiara chloe chris christian christina christine christoph
  claire clara claudia constantin cornelia cristina daniel daniela david deborah denise dennis diana diego dieter dirk
  dmitri dmitry dominik donna doris dorothy douglas edward elena elif elizabeth ellen emil emily emma eric erik eva
  evelyn fatma felix fernando filip florian francesca francesco francisco françois gabriel gabriela george giorgio
  giovanni giulia giuseppe gordon greg gregor guido gustav hans hannah hans-peter harald harry heather hector heike
  heinrich heinz helen helena helga henrik henry hiroshi holger hugo hüseyin ibrahim ingrid irena irene irina isabel
  isabella ivan jacob jakob jakub james jan jana jane janet jason javier jean jean-pierre jennifer jens jeremy jessica
  jim jin joan joanna joao joão joe johan johanna john johannes jonas jonathan jorge jörg jose josé joseph joshua juan
  judith julia julian julie jürgen kai karen karin karl karolina katarzyna kate katharina kathleen katrin keiko keith
  kelly kenji kenneth kevin kim klaus krzysztof larry lars laura laurent lea lena leo leon leonard linda lisa lorenzo
  louis louise luca lucas lucia luis luisa lukas maarten magdalena manfred manuel marc marcel marco marcos margaret
  maria marie marina mario marta martha martin martina mary mateusz mathias matteo matthew matthias maurice megan mehmet
  mei melanie melissa michael michal michał michel michelle miguel mika mike mikhail min-jun monica monika mustafa
  nadia nancy natalia natalie natasha nathan nicholas nicolas nicole niels nikolai nils nina noah nora olaf oleg olga
  oliver olivia oscar pablo pamela paolo patricia patrick paul paula paulo pavel pedro peter petra philip philipp
  philippe pierre piotr rachel rafael ralf ramon raphael raymond rebecca renate ricardo richard robert roberto roger
  roland roman ronald ruth ryan sabine sakura samantha samuel sandra sara sarah satoshi scott sebastian sergei sergey
  sharon silvia simon simone sofia sofie sophia sophie stefan stefanie steffen stephanie stephen steve steven susan
  susanne svetlana sven takashi tanja tatiana teresa thomas thorsten tim tina tobias tom tomasz tony ulrich ulrike ursula
  uwe valentina vanessa vera veronika victor vincent virginia vladimir wang wei werner wilhelm william wolfgang yuki
  yuri yusuf yves zeynep zhang
  алексей александр анна дмитрий елена иван мария наталья ольга сергей татьяна юрий`.split(/\s+/),
)
