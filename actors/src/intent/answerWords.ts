/**
 * What people write when they answer, stop or ask, by language. Each list holds phrases parted by commas, compared
 * as words: lower case, with and without the accents that people leave out.
 */
export interface Vocabulary {
  /** Says yes when nothing else is said. */
  readonly yes: string
  readonly no: string
  readonly stop: string
  readonly status: string
  readonly help: string
  /** A session of its own. */
  readonly fresh: string
  /** Greetings, thanks, praise: they change nothing. */
  readonly polite: string
  /** Beside a yes they change nothing; by themselves they are a text like any other. */
  readonly weak: string
  /** Asks for what follows. */
  readonly ask: string
  /** Neither yes nor no. */
  readonly hesitant: string
  /** Makes a yes one of its own terms. */
  readonly condition: string
  /** Begins the reason of a no. */
  readonly because: string
}

export const vocabularies: Readonly<Record<string, Vocabulary>> = {
  english: {
    yes: "yes, y, yep, yup, yeah, yea, yess, yesss, aye, ok, okay, okey, okie, okey dokey, k, kk, sure, sure thing, sure why not, why not, of course, absolutely, definitely, certainly, totally, exactly, affirmative, agreed, i agree, approve, approved, i approve, i approve it, i approve this, approve it, approve this, approve that, approve the request, accept, accepted, i accept, confirm, confirmed, i confirm, allow, allowed, allow it, allow this, allow that, i allow it, permit, permitted, grant, granted, permission granted, you have my permission, you may, you may proceed, you can proceed, you can go ahead, go, go ahead, go ahead with it, go for it, proceed, please proceed, do it, do that, do so, please do, run it, run that, ship it, make it so, by all means, alright, all right, fine, fine by me, fine with me, that is fine, that's fine, thats fine, that is ok, that's ok, that is okay, that's okay, it's ok, it's fine, i'm fine with that, i am fine with that, works for me, sounds good, sounds good to me, looks good, looks good to me, lgtm, good to go, green light, thumbs up, +1, 👍, ✅, ✔, ☑, 👌, 🆗",
    no: "no, n, nope, nah, nay, noo, nooo, not, no way, no go, no-go, no thanks, no thank you, never, never ever, never mind, nevermind, deny, denied, i deny, deny it, deny this, deny that, reject, rejected, i reject, reject it, refuse, refused, i refuse, decline, declined, i decline, disallow, disallowed, disapprove, i disapprove, disagree, i disagree, forbid, forbidden, veto, negative, absolutely not, definitely not, certainly not, of course not, please not, rather not, better not, preferably not, i'd rather not, i would rather not, i'd rather you didn't, i don't think so, i do not think so, don't, dont, do not, please don't, don't do it, don't do that, don't do this, do not do it, do not do that, don't run it, don't run that, do not run it, do not run that, don't approve, do not approve, i don't approve, i do not approve, i don't agree, i do not agree, i don't want that, i do not want that, don't delete it, do not delete it, don't proceed, do not proceed, don't go ahead, do not go ahead, don't allow it, do not allow it, not now, not yet, not ok, not okay, not good, not allowed, not approved, not this time, not today, hold off, thumbs down, -1, 👎, ❌, ✖, 🚫, ⛔, 🙅, approval denied, request denied, not approve, cannot approve, i cannot approve, i can't approve, i won't approve, hell no",
    stop: "stop, stop it, stop that, stop this, stop now, stop here, stop there, stop everything, stop all, stop working, stop the agent, stop the request, stop the session, stop the turn, stop please, cancel, cancel it, cancel that, cancel this, cancel now, cancel everything, cancel the request, cancel my request, cancel request, stop request, cancelled, abort, abort it, abort that, abort this, abort now, abort the request, abort request, halt, interrupt, interrupt it, kill it, 🛑",
    status:
      "status, the status, status update, status report, your status, current status, give me the status, give me a status, give me an update, give me a status update, show status, show me the status, what is the status, what's the status, whats the status, what is the state, what's the state, whats the state, what is the current state, what's the current state, how is it going, how's it going, hows it going, how is it, how is that going, how's that going, how are things, how are things going, how is it coming along, how's it coming along, how are you doing, how far are you, how far along are you, where are you, where are we, where do we stand, any news, any update, any updates, any progress, progress, update, what's up, whats up, what are you doing, what's happening, what is happening, what is going on, what's going on, are you done, are you done yet, is it done, is it done yet, are you finished, is it finished, done yet, still running, are you still running, are you still working, are you still working on it, is it still running, is it running",
    help: "help, help please, please help, help me, help me please, please help me, i need help, commands, show help, show commands, what can you do, what can i do, what can i say, what can i write, how does this work, how does it work, how do i use this",
    fresh:
      "new session, a new session, new conversation, a new conversation, new chat, start a new session, start new session, open a new session, start a new conversation, fresh session",
    polite:
      "please, pls, plz, kindly, thanks, thank you, thank you very much, thank you so much, thanks a lot, thanks so much, many thanks, thanks in advance, thx, tnx, ty, tia, cheers, much appreciated, appreciated, hi, hi there, hello, hello there, hey, hey there, dear, good morning, good afternoon, good evening, morning, regards, best, best regards, kind regards, kindest regards, warm regards, best wishes, sincerely, yours sincerely, yours truly, yours, all the best, take care, have a nice day, have a good day, have a great day, talk soon, bye, great, perfect, nice, cool, good, super, excellent, awesome, wonderful, no problem, no worries, sent from my iphone, sent from my ipad, sent from my phone, sent from my mobile, sent from my android, sir, madam, mate, buddy, :), :-), ;), ;-), :d, :-d, 🙏, 🙂, 😊, 😀, 😃, 😄, 😉, 🎉, 🚀, ❤, 👋, 💪, hi all, hello all, hi everyone, hello everyone, hi team, hello team, hi folks",
    weak: "continue, carry on, go on, keep going, then, it, this, that, now, right away, right now, immediately, as planned, to that, to this, from me, from my side, with it, the request",
    ask: "can you, could you, would you, will you, can we, could we, may i, should i, shall i, can i, i want you to, i'd like you to",
    hesitant:
      "maybe, perhaps, possibly, probably, not sure, i'm not sure, i am not sure, unsure, i don't know, i do not know, dunno, idk, hmm, hm, wait, please wait, hold on, hang on, one moment, one second, let me think, let me think about it, it depends, depends, later, don't stop, do not stop, never stop, don't cancel, do not cancel, don't abort, do not abort, don't deny, do not deny, don't reject, don't wait, no objection, no objections, not no, not yes, i can't say yes, i cannot say yes, can't say yes, yes and no, yes or no, yes to all, approve all, approve everything, allow all, allow everything, always, always allow, allow always, 🤔, 🤷, approve both, no yes, yes no, just a moment, just a second",
    condition:
      "but, if, unless, only, except, when, whenever, once, until, till, after, before, or, however, though, although, provided, assuming, just, without, instead, as long as, so long as, under",
    because: "because",
  },
  german: {
    yes: "ja, jap, jep, jo, jawohl, ja gern, gern, gerne, sehr gern, sehr gerne, klar, na klar, ja klar, klar doch, natürlich, natuerlich, selbstverständlich, sicher, genau, ok mach, mach, mach es, mach das, mach's, machs, mach mal, mach ruhig, bitte mach das, tu es, tu das, los, leg los, na los, los geht's, los gehts, nur zu, einverstanden, genehmigt, ich genehmige, genehmige, genehmige es, freigegeben, freigabe erteilt, erlaubt, erlaube, ich erlaube es, zugestimmt, ich stimme zu, stimme zu, bestätigt, bestätige, ich bestätige, in ordnung, geht in ordnung, ist in ordnung, geht klar, alles klar, passt, passt so, passt für mich, von mir aus, meinetwegen, kannst du machen, kannst du so machen, darfst du, du darfst, führ es aus, führe es aus, okidoki",
    no: "nein, nee, nö, noe, ne, nein danke, lieber nicht, besser nicht, eher nicht, bitte nicht, auf keinen fall, keinesfalls, keineswegs, nicht, noch nicht, jetzt nicht, niemals, nie, mach das nicht, mach es nicht, tu das nicht, tu es nicht, lass das, lass es, lass es sein, lass das sein, nicht machen, nicht ausführen, nicht löschen, nicht genehmigt, nicht erlaubt, nicht einverstanden, ich bin nicht einverstanden, abgelehnt, ablehnen, ich lehne ab, lehne ab, verboten, das will ich nicht, will ich nicht, untersteh dich, ja nicht, geht nicht, darfst du nicht, du darfst nicht, auf gar keinen fall",
    stop: "stopp, stoppe, stoppen, bitte stoppen, halt, anhalten, abbrechen, bitte abbrechen, brich ab, brich das ab, brich es ab, abbruch, hör auf, hoer auf, hör auf damit, aufhören, aufhoeren",
    status:
      "wie ist der stand, was ist der stand, wie ist der status, was ist der status, wie ist der stand der dinge, stand der dinge, stand, aktueller stand, zwischenstand, wie läuft es, wie läuft's, wie läufts, wie laeuft es, wie geht es voran, wie geht's voran, wie weit bist du, wie weit ist es, bist du fertig, bist du schon fertig, ist es fertig, schon fertig, gibt es neuigkeiten, gibt's was neues, gibt es was neues, was machst du, was machst du gerade",
    help: "hilfe, bitte hilfe, hilf mir, hilf mir bitte, was kannst du, was kann ich schreiben, befehle",
    fresh: "neue sitzung, eine neue sitzung, neue session, neues gespräch, neue unterhaltung",
    polite:
      "bitte, bitte sehr, danke, danke dir, danke schön, dankeschön, dankeschoen, danke sehr, danke im voraus, vielen dank, besten dank, herzlichen dank, merci vielmals, hallo, hallo zusammen, moin, servus, guten morgen, guten tag, guten abend, lieber, liebe, liebe grüße, liebe gruesse, lg, vg, mfg, gruß, gruss, grüße, gruesse, viele grüße, viele gruesse, schöne grüße, beste grüße, beste gruesse, mit freundlichen grüßen, mit freundlichen gruessen, freundliche grüße, tschüss, schönen tag, schönen tag noch, prima, toll, wunderbar, gut, sehr gut, kein problem, gesendet von meinem iphone, von meinem iphone gesendet",
    weak: "weiter, mach weiter, weitermachen, dann, so, es, das, jetzt, sofort, gleich, mal, ruhig, dann mal",
    ask: "kannst du, könntest du, kannst du bitte, könntest du bitte, würdest du",
    hesitant:
      "vielleicht, eventuell, jein, weiß nicht, weiss nicht, ich weiß nicht, ich weiss nicht, keine ahnung, warte, bitte warten, moment, einen moment, moment mal, mal sehen, kommt darauf an, kommt drauf an, später, nicht aufhören, hör nicht auf, nicht stoppen, nicht abbrechen, ja und nein, ja oder nein",
    condition:
      "aber, wenn, falls, nur, außer, ausser, sofern, solange, oder, erst, sobald, nachdem, bevor, jedoch, allerdings, ohne, stattdessen, bis",
    because: "weil, denn",
  },
  french: {
    yes: "oui, ouais, ouaip, oui oui, mais oui, vas-y, vas y, oui vas-y, allez-y, allez y, allez, d'accord, dac, daccord, entendu, bien sûr, bien sur, certainement, absolument, tout à fait, tout a fait, volontiers, avec plaisir, approuvé, approuve, j'approuve, j'accepte, accepté, accepter, j'autorise, autorisé, autorise, je confirme, confirmé, confirme, validé, je valide, fais-le, fais le, faites-le, faites le, fais ça, tu peux, tu peux y aller, vous pouvez, vous pouvez y aller, ça marche, ca marche, ça me va, ca me va, c'est bon, c'est bon pour moi, c'est ok, lance, lance-le, procède, procédez",
    no: "non, nan, non merci, mais non, surtout pas, pas question, hors de question, jamais, jamais de la vie, pas maintenant, pas encore, plutôt pas, plutot pas, pas, ne fais pas ça, ne fais pas ca, ne le fais pas, ne faites pas ça, ne le faites pas, ne fais rien, refusé, je refuse, refuse, refuser, rejeté, je rejette, interdit, pas d'accord, je ne suis pas d'accord, je n'approuve pas, laisse tomber, n'en fais rien, tu ne peux pas",
    stop: "arrête, arrete, arrêtez, arretez, arrête ça, arrête tout, arrêter, arrête-toi, stoppez, annule, annulez, annuler, annule ça, annule tout, abandonne, interromps, interrompre",
    status:
      "où en es-tu, ou en es-tu, où en es tu, où en êtes-vous, où en est-on, ou en est-on, où en est on, où en sommes-nous, quel est le statut, quel est l'état, quel est l'avancement, état, statut, avancement, comment ça avance, comment ca avance, ça avance, ca avance, comment ça se passe, des nouvelles, du nouveau, c'est fini, c'est terminé, as-tu fini, tu as fini",
    help: "aide, aidez-moi, aide-moi, à l'aide, que peux-tu faire, comment ça marche, commandes",
    fresh: "nouvelle session, une nouvelle session, nouvelle conversation, nouvelle discussion",
    polite:
      "s'il te plaît, s'il te plait, s'il vous plaît, s'il vous plait, stp, svp, merci, merci beaucoup, merci bien, merci d'avance, mille mercis, bonjour, bonsoir, salut, coucou, cher, chère, cordialement, bien cordialement, bien à vous, bien à toi, bonne journée, bonne soirée, à bientôt, au revoir, bises, parfait, super, très bien, bien, génial, pas de problème, pas de souci, envoyé de mon iphone",
    weak: "continue, continuez, alors, donc, le, ça, maintenant, tout de suite, donc",
    ask: "peux-tu, pouvez-vous, pourrais-tu, pourriez-vous, tu peux s'il te plaît",
    hesitant:
      "peut-être, peut être, peut-etre, je ne sais pas, je sais pas, aucune idée, attends, attendez, un instant, un moment, ça dépend, ca dépend, plus tard, n'arrête pas, ne t'arrête pas, n'annule pas, oui et non, oui ou non",
    condition:
      "mais, sauf, seulement, uniquement, ou, quand, après, avant, sans, à condition, pourvu, dès, jusqu'à",
    because: "car, parce que, puisque",
  },
  spanish: {
    yes: "sí, si, sip, sí sí, sí claro, si claro, claro, claro que sí, claro que si, por supuesto, desde luego, vale, dale, adelante, sigue adelante, hazlo, hágalo, hagalo, haz eso, de acuerdo, está bien, esta bien, me parece bien, conforme, apruebo, lo apruebo, aprobado, aprobar, apruébalo, acepto, aceptado, autorizo, autorizado, lo autorizo, permitido, confirmo, confirmado, correcto, puedes hacerlo, procede, proceda, okey, órale, venga, ejecútalo",
    no: "no gracias, mejor no, para nada, de ninguna manera, ni hablar, nunca, jamás, jamas, todavía no, todavia no, aún no, ahora no, no lo hagas, no lo haga, no hagas eso, no hagas nada, por favor no, no estoy de acuerdo, no lo apruebo, no apruebo, no apruebes, no autorizo, rechazo, rechazado, rechazar, lo rechazo, denegado, deniego, denegar, negado, prohibido, no quiero",
    stop: "para, para ya, párate, detente, deténgase, detener, deten, detén, detenlo, basta, alto, cancela, cancelar, cancélalo, cancelalo, cancela eso, aborta, abortar, interrumpe",
    status:
      "cómo va, como va, cómo va todo, como va todo, cómo vas, como vas, cómo va eso, qué tal va, que tal va, cuál es el estado, cual es el estado, estado, estado actual, en qué estado está, hay novedades, alguna novedad, ya terminaste, has terminado, ya está, progreso",
    help: "ayuda, ayúdame, ayudame, qué puedes hacer, que puedes hacer, cómo funciona esto, comandos",
    fresh: "nueva sesión, nueva sesion, una nueva sesión, nueva conversación",
    polite:
      "por favor, porfa, gracias, muchas gracias, mil gracias, gracias de antemano, hola, buenos días, buenos dias, buenas tardes, buenas noches, buenas, querido, estimado, estimada, saludos, un saludo, saludos cordiales, atentamente, un abrazo, que tengas buen día, adiós, hasta luego, perfecto, genial, muy bien, bien, excelente, sin problema, enviado desde mi iphone",
    weak: "continúa, continua, continuar, sigue, entonces, pues, eso, lo, ahora, ya, ahora mismo",
    ask: "puedes, puede, podrías, podrias, podría",
    hesitant:
      "quizás, quizas, quizá, quiza, tal vez, no sé, no se, no lo sé, espera, espere, un momento, depende, luego, más tarde, no pares, no te detengas, no canceles, no cancelar, sí y no, sí o no, si o no",
    condition:
      "pero, solo, sólo, solamente, salvo, excepto, o, cuando, después, antes, siempre que, a menos que, sin, hasta",
    because: "porque, ya que, es que",
  },
  italian: {
    yes: "sì, sí, si si, sì certo, certo, certamente, certo che sì, assolutamente, va bene, vabbè, d'accordo, vai, vai pure, vai avanti, procedi, proceda, procedi pure, fallo, fallo pure, fai pure, faccia pure, approvo, approvato, approva, lo approvo, accetto, accettato, accetta, autorizzo, autorizzato, consento, consentito, confermo, confermato, conferma, esatto, okay vai, per me va bene, mi va bene, perché no, volentieri",
    no: "no grazie, meglio di no, meglio no, assolutamente no, certo che no, per niente, mai, mai e poi mai, non ora, non ancora, non adesso, non, non farlo, non lo fare, non procedere, non approvo, non approvare, non approvato, non sono d'accordo, rifiuto, rifiutato, rifiuta, respinto, respingo, nego, negato, vietato, lascia stare, lascia perdere",
    stop: "ferma, fermati, fermo, fermare, fermalo, fermi, basta, annulla, annullare, annullalo, annulla tutto, interrompi, interrompere, smettila, smetti",
    status:
      "come va, come sta andando, come procede, come vanno le cose, a che punto sei, a che punto siamo, qual è lo stato, qual e lo stato, stato, stato attuale, ci sono novità, novità, hai finito, è finito, avanzamento",
    help: "aiuto, aiutami, cosa puoi fare, cosa sai fare, come funziona, comandi",
    fresh: "nuova sessione, una nuova sessione, nuova conversazione",
    polite:
      "per favore, per piacere, per cortesia, prego, grazie, grazie mille, molte grazie, tante grazie, grazie in anticipo, ciao, buongiorno, buonasera, buon pomeriggio, salve, caro, cara, gentile, saluti, cordiali saluti, un saluto, distinti saluti, a presto, arrivederci, buona giornata, perfetto, bene, benissimo, ottimo, nessun problema, inviato da iphone",
    weak: "continua, continua pure, allora, pure, lo, adesso, ora, subito",
    ask: "puoi, potresti, può, potrebbe",
    hesitant:
      "forse, magari, può darsi, non so, non lo so, boh, aspetta, attendi, un attimo, un momento, dipende, dopo, più tardi, non fermarti, non ti fermare, non annullare, sì e no, sì o no, si o no",
    condition:
      "ma, se, solo, soltanto, tranne, eccetto, oppure, quando, dopo, però, a meno che, purché, senza, finché",
    because: "perché, perche, poiché, siccome",
  },
  portuguese: {
    yes: "sim, simm, claro que sim, com certeza, com certeza que sim, certeza, pode, pode fazer, pode ir, pode prosseguir, podes avançar, avança, avance, vá em frente, va em frente, vai em frente, prossiga, prossegue, faça, faça isso, faz, faz isso, tudo bem, está bem, tá bom, ta bom, tá, beleza, combinado, concordo, de acordo, aprovo, aprovado, aprovar, aprove, aceito, aceite, autorizo, autorizado, permito, confirmo, confirmado, isso mesmo, fechado, manda ver",
    no: "não, nao, não obrigado, nao obrigado, não obrigada, nao obrigada, melhor não, melhor nao, de jeito nenhum, de maneira nenhuma, nem pensar, nunca, jamais, agora não, agora nao, ainda não, ainda nao, não faça, nao faça, nao faca, não faça isso, nao faça isso, nao faca isso, não faz isso, por favor não, não concordo, não aprovo, nao aprovo, não aprove, não autorizo, recuso, recusado, recusar, rejeito, rejeitado, rejeitar, negado, nego, proibido, deixa pra lá",
    stop: "pare, pára, parar, pare com isso, pare agora, cancele, cancelar, cancela isso, cancele isso, aborte, abortar, interrompa, interromper, chega",
    status:
      "como está, como esta, como está indo, como esta indo, como vai, como estão as coisas, como está o andamento, qual é o estado, qual e o estado, qual é o status, qual o status, qual é o estado atual, em que ponto está, andamento, alguma novidade, há novidades, já terminou, ja terminou, já acabou, acabou, terminou, progresso",
    help: "ajuda, me ajuda, ajude-me, o que você pode fazer, como funciona, comandos",
    fresh: "nova sessão, nova sessao, uma nova sessão, nova conversa",
    polite:
      "por favor, obrigado, obrigada, muito obrigado, muito obrigada, obrigado desde já, valeu, olá, ola, oi, bom dia, boa tarde, boa noite, caro, cara, prezado, prezada, atenciosamente, cumprimentos, melhores cumprimentos, abraço, abraços, um abraço, até logo, até breve, tchau, perfeito, ótimo, otimo, bom, muito bem, sem problema, sem problemas, enviado do meu iphone",
    weak: "continue, continua, continuar, então, entao, isso, agora, agora mesmo, já, isso aí",
    ask: "você pode, voce pode, podes, poderia, você poderia",
    hesitant:
      "talvez, não sei, nao sei, sei lá, espera, espere, um momento, só um momento, depende, depois, mais tarde, não pare, nao pare, não cancele, nao cancele, sim e não, sim ou não, sim ou nao, pode ser",
    condition:
      "mas, se, só, somente, apenas, exceto, ou, quando, depois, antes, porém, a menos que, desde que, sem, até",
    because: "porque, pois, já que",
  },
  dutch: {
    yes: "ja, jawel, ja hoor, jazeker, zeker, natuurlijk, tuurlijk, prima, akkoord, oké, oke, okee, is goed, dat is goed, dat mag, het mag, mag, ga je gang, ga maar, ga door, ga verder, ga ervoor, doe maar, doe het, doe dat, doe het maar, goedgekeurd, ik keur het goed, keur goed, ik ga akkoord, toegestaan, sta toe, bevestigd, ik bevestig, graag, ja graag, ja doe maar, klopt, in orde, komt goed",
    no: "nee, neen, nee dank je, nee bedankt, nee hoor, liever niet, beter niet, beter van niet, zeker niet, absoluut niet, geen sprake van, nooit, nog niet, nu niet, niet, niet doen, doe het niet, doe dat niet, doe maar niet, alsjeblieft niet, niet akkoord, ik ga niet akkoord, niet goedgekeurd, afgekeurd, ik keur het af, geweigerd, weiger, ik weiger, afgewezen, wijs af, laat maar, verboden, mag niet, dat mag niet, het mag niet",
    stop: "stop ermee, stop maar, stoppen, hou op, houd op, annuleer, annuleren, annuleer dat, breek af, afbreken, halt",
    status:
      "hoe staat het ervoor, hoe gaat het, hoe gaat het ermee, hoe loopt het, hoe ver ben je, wat is de status, wat is de stand, wat is de stand van zaken, stand van zaken, voortgang, is er nieuws, nog nieuws, ben je klaar, ben je al klaar, is het klaar, al klaar",
    help: "hulp, help mij, help me even, wat kun je, wat kan je, hoe werkt dit, opdrachten",
    fresh: "nieuwe sessie, een nieuwe sessie, nieuw gesprek",
    polite:
      "alsjeblieft, alstublieft, aub, ajb, graag gedaan, dank je, dank je wel, dankjewel, dank u, dank u wel, bedankt, alvast bedankt, hartelijk dank, hoi, hallo, dag, goedemorgen, goedemiddag, goedenavond, beste, groet, groeten, groetjes, met vriendelijke groet, mvg, vriendelijke groeten, tot ziens, fijne dag, mooi, goed, heel goed, perfect, geen probleem",
    weak: "dan, het, dat, nu, meteen, verder, hoor",
    ask: "kun je, kan je, zou je, wil je",
    hesitant:
      "misschien, wellicht, weet niet, weet ik niet, ik weet het niet, geen idee, wacht, wacht even, momentje, even wachten, ligt eraan, later, niet stoppen, stop niet, niet annuleren, ja en nee, ja of nee",
    condition: "als, mits, alleen, tenzij, behalve, zodra, nadat, voordat, echter, zonder, tot, maar",
    because: "omdat, want",
  },
  polish: {
    yes: "tak, tak tak, pewnie, jasne, oczywiście, oczywiscie, dobra, zgoda, zgadzam się, zgadzam sie, okej, oki, w porządku, w porzadku, śmiało, smialo, dawaj, działaj, dzialaj, zrób to, zrob to, rób, rob, zatwierdzam, zatwierdzone, zatwierdź, akceptuję, akceptuje, zaakceptowane, zezwalam, pozwalam, możesz, mozesz, możesz to zrobić, potwierdzam, wykonaj, niech będzie",
    no: "nie, nie dziękuję, nie dziekuje, nie dzięki, raczej nie, lepiej nie, na pewno nie, absolutnie nie, w żadnym wypadku, nigdy, jeszcze nie, nie teraz, nie rób tego, nie rob tego, nie rób, proszę nie, nie zgadzam się, nie zgadzam sie, nie zatwierdzam, nie zezwalam, nie pozwalam, odmawiam, odmowa, odrzucam, odrzuć, odrzucone, zabraniam, zabronione",
    stop: "zatrzymaj, zatrzymaj się, zatrzymaj sie, zatrzymaj to, przestań, przestan, przerwij, przerwij to, anuluj, anuluj to, anulować",
    status:
      "jak idzie, jak ci idzie, jak to idzie, jaki jest stan, jaki jest status, jaki status, jaki stan, stan, na jakim etapie jesteś, jakie postępy, postępy, postęp, są jakieś wieści, gotowe, skończyłeś, czy to gotowe, czy skończyłeś",
    help: "pomoc, pomocy, pomóż mi, pomoz mi, co potrafisz, jak to działa, polecenia",
    fresh: "nowa sesja, nową sesję, nowa rozmowa",
    polite:
      "proszę, prosze, dziękuję, dziekuje, dzięki, dzieki, dziękuję bardzo, dziękuję z góry, wielkie dzięki, cześć, czesc, hej, witam, dzień dobry, dzien dobry, dobry wieczór, pozdrawiam, pozdrowienia, serdecznie pozdrawiam, z poważaniem, do widzenia, miłego dnia, świetnie, swietnie, super, dobrze, bardzo dobrze, idealnie, nie ma problemu, nie ma sprawy",
    weak: "kontynuuj, dalej, więc, wiec, to, teraz, od razu",
    ask: "czy możesz, czy mozesz, możesz proszę, czy mógłbyś, czy mogłabyś",
    hesitant:
      "może, moze, być może, byc moze, chyba, nie wiem, poczekaj, zaczekaj, czekaj, chwileczkę, chwila, zależy, później, nie przerywaj, nie zatrzymuj, nie przestawaj, nie anuluj, tak i nie, tak czy nie, tak lub nie",
    condition:
      "ale, jeśli, jesli, jeżeli, tylko, lub, albo, chyba że, oprócz, gdy, kiedy, dopiero, pod warunkiem, po, przed, jednak, bez, aż",
    because: "bo, ponieważ, poniewaz, gdyż",
  },
  swedish: {
    yes: "ja, japp, jajamän, jadå, jo, jo tack, ja tack, ja gärna, gärna, visst, javisst, självklart, sjalvklart, absolut, okej, kör, kör på, kör igång, kor pa, fortsätt gärna, gör det, gor det, godkänn, godkänt, godkänd, jag godkänner, godkänner, tillåt, tillåtet, tillåts, jag tillåter, bekräftat, jag bekräftar, det går bra, det är okej, det är ok, går bra, låter bra, ser bra ut, stämmer",
    no: "nej, nä, nej tack, nejdå, helst inte, hellre inte, nej inte, inte, inte nu, inte än, inte alls, absolut inte, aldrig, aldrig i livet, gör inte det, gör det inte, gor inte det, snälla nej, snälla inte, avslå, avslås, avslaget, jag avslår, avvisa, avvisat, neka, nekad, nekat, jag nekar, vägra, förbjudet, inte godkänt, jag godkänner inte, inte okej, låt bli, strunta i det",
    stop: "stoppa, stoppa det, stanna, avbryt, avbryt det, sluta, sluta med det, avsluta, stopp",
    status:
      "hur går det, hur gar det, hur går det för dig, hur långt har du kommit, hur ser det ut, hur är läget, vad är status, vad är läget, vad är statusen, läget, lägesrapport, några nyheter, är du klar, ar du klar, är det klart, klart än",
    help: "hjälp, hjalp, hjälp mig, hjälp tack, vad kan du göra, hur fungerar det, kommandon",
    fresh: "ny session, en ny session, ny konversation",
    polite:
      "snälla, tack, tack så mycket, tack sa mycket, tusen tack, stort tack, tack på förhand, hej, hejsan, hallå, god morgon, god dag, god kväll, kära, käre, hälsningar, vänliga hälsningar, med vänliga hälsningar, mvh, hej då, ha en bra dag, vi hörs, bra, mycket bra, perfekt, toppen, fint, utmärkt, inga problem, skickat från min iphone",
    weak: "fortsätt, fortsatt, då, det, nu, direkt",
    ask: "kan du, skulle du kunna, kan ni, vill du",
    hesitant:
      "kanske, vet inte, jag vet inte, ingen aning, vänta, vänta lite, ett ögonblick, beror på, det beror på, senare, stoppa inte, avbryt inte, sluta inte, ja och nej, ja eller nej",
    condition: "men, om, endast, eller, utom, förutom, när, efter, innan, dock, såvida, utan, tills, bara",
    because: "eftersom, för att, därför att, för",
  },
  chinese: {
    yes: "是, 是的, 是啊, 对, 对的, 對, 對的, 好, 好的, 好吧, 好啊, 好呀, 好哒, 好滴, 行, 行的, 行吧, 行啊, 可以, 可以的, 可以啊, 没错, 沒錯, 当然, 當然, 当然可以, 當然可以, 同意, 我同意, 批准, 我批准, 准许, 允许, 允許, 许可, 通过, 確認, 确认, 确定, 嗯, 嗯嗯, 执行, 執行, 执行吧, 请执行, 做吧, 去做吧, 开始吧, 開始吧, 来吧, 继续吧, 请继续, 請繼續, 请进行, 进行吧",
    no: "不, 不是, 不好, 不行, 不要, 不可以, 不可, 不用, 不用了, 不必, 不了, 不了谢谢, 不同意, 我不同意, 不批准, 不允许, 不允許, 不准, 不许, 不对, 不對, 不要执行, 不要这样做, 不要做, 不要這樣做, 别, 別, 别做, 别这样, 別這樣, 别执行, 别动, 拒绝, 拒絕, 我拒绝, 否, 否定, 没, 没有, 算了, 还是不要, 還是不要, 还是算了, 最好不要, 先不要, 暂时不要, 绝对不行, 绝不, 禁止, 反对",
    stop: "停, 停止, 停下, 停下来, 停下來, 请停止, 停一下, 取消, 请取消, 取消吧, 取消请求, 中止, 终止, 終止, 中断, 中斷, 住手",
    status:
      "状态, 狀態, 进度, 進度, 进展, 進展, 进展如何, 進展如何, 进度如何, 進度如何, 怎么样了, 怎麼樣了, 怎么样, 情况如何, 現在如何, 现在怎么样, 现在怎么样了, 现在什么情况, 什么状态, 当前状态, 目前状态, 做到哪了, 到哪一步了, 完成了吗, 完成了嗎, 做完了吗, 做好了吗, 好了吗, 好了嗎",
    help: "帮助, 幫助, 帮帮我, 帮我, 请帮助, 说明, 你能做什么, 你會做什麼, 怎么用, 命令",
    fresh: "新会话, 新會話, 新对话, 新對話, 新建会话, 开始新会话",
    polite:
      "请, 請, 谢谢, 謝謝, 谢谢你, 謝謝你, 谢谢您, 多谢, 多謝, 感谢, 感謝, 非常感谢, 辛苦了, 麻烦你了, 麻烦了, 拜托, 拜託, 你好, 您好, 早上好, 下午好, 晚上好, 再见, 此致, 敬礼, 祝好, 很好, 太好了, 没问题, 沒問題, 没事",
    weak: "继续, 繼續, 吧, 了, 啊, 呀, 哦, 就这样, 就這樣, 这样, 现在, 马上, 那就",
    ask: "你能, 能不能, 可不可以, 可否, 能否",
    hesitant:
      "也许, 也許, 可能, 或许, 或許, 不知道, 我不知道, 不确定, 不確定, 不一定, 等等, 等一下, 稍等, 请稍等, 看情况, 以后再说, 再说, 再說, 好不好, 行不行, 是不是, 对不对, 要不要, 同意不同意, 别停, 別停, 不要停, 不要停止, 不要取消, 是或否, 是还是不是, 是非, 行了, 好了, 可以了, 对了, 對了, 够了",
    condition: "但, 但是, 如果, 只, 只有, 只要, 除非, 除了, 或者, 还是, 不过, 可是, 然后, 之后, 之前, 等",
    because: "因为, 因為, 由于",
  },
  japanese: {
    yes: "はい, はいはい, ハイ, ええ, うん, うんうん, そうです, そうですね, そう, もちろん, もちろんです, いいよ, いいですよ, いいですね, いいとも, よい, 良い, 良いです, よろしい, よし, オーケー, オッケー, おっけー, オーケーです, okです, okですよ, 了解, 了解です, 了解しました, りょうかい, 承知, 承知しました, 承認, 承認します, 承認する, 承認しました, 承認です, 許可, 許可します, 許可する, 同意, 同意します, 賛成, 賛成です, どうぞ, やって, やってください, やって下さい, 進めて, 進めてください, 進めて下さい, 実行, 実行して, 実行してください, 実行して下さい, 問題ありません, 構いません, かまいません, ぜひ",
    no: "いいえ, いえ, いや, いやです, いやだ, 嫌, 嫌です, ううん, 違います, ちがいます, 違う, だめ, だめです, ダメ, ダメです, 駄目, 駄目です, やめて, やめてください, やめて下さい, やめておきます, やめましょう, しないで, しないでください, しないで下さい, 実行しないで, 実行しないでください, 許可しない, 許可しません, 許可できません, 承認しない, 承認しません, 承認できません, 不承認, 却下, 却下します, 拒否, 拒否します, 拒否する, 断る, 断ります, お断りします, 結構です, けっこうです, 反対, 反対です, 不要です, まだです, まだ, ノー, 禁止",
    stop: "止めて, 止めてください, 止まって, 止まってください, とめて, とめてください, 停止, 停止して, 停止してください, ストップ, 中止, 中止して, 中止してください, 中断, 中断して, 中断してください, キャンセル, キャンセルして, キャンセルしてください, 取り消し, 取り消して, 取り消してください",
    status:
      "状況, 状況は, 状況はどうですか, 状況を教えて, 状況を教えてください, 進捗, 進捗は, 進捗はどう, 進捗はどうですか, 進捗どうですか, 進捗を教えて, 進捗を教えてください, 進み具合は, 状態, 状態は, ステータス, ステータスは, どうですか, どうなっていますか, どうなってる, どうなりましたか, 調子はどう, 終わりましたか, 終わった, できましたか, 完了しましたか",
    help: "ヘルプ, 助けて, 助けてください, 使い方, 使い方は, 使い方を教えて, 何ができますか, コマンド",
    fresh: "新しいセッション, 新規セッション, 新しい会話",
    polite:
      "ください, 下さい, どうか, ありがとう, ありがとうございます, ありがとうございました, 有難うございます, どうもありがとう, どうもありがとうございます, どうも, 感謝します, こんにちは, こんばんは, おはよう, おはようございます, お疲れ様です, お疲れさまです, お世話になっております, お世話になります, よろしく, 宜しく, 以上です, では, それでは, すみません, 敬具, さようなら, 素晴らしい, 完璧, です, ね, よ, お願いします, おねがいします, よろしくお願いします, 宜しくお願いします, よろしくお願いいたします",
    weak: "続けて, 続けてください, 続行, 続行してください, それで, これで, 今, 今すぐ, すぐ, じゃあ",
    ask: "できますか, してくれますか",
    hesitant:
      "たぶん, 多分, おそらく, かもしれない, わからない, 分からない, わかりません, 分かりません, 待って, 待ってください, ちょっと待って, ちょっと待ってください, 少々お待ちください, 考えさせて, 考えさせてください, 場合による, 後で, あとで, 大丈夫, 大丈夫です, いいです, 止めないで, 止めないでください, 停止しないで, 停止しないでください, 中止しないで, キャンセルしないで, キャンセルしないでください, はいかいいえ, はいといいえ",
    condition:
      "でも, ただし, ただ, もし, けど, けれど, だけ, 場合, しかし, または, なら, あとは, その前に, が",
    because: "なぜなら",
  },
  korean: {
    yes: "네, 네네, 넵, 넹, 예, 응, 응응, 어, 그래, 그래요, 그럼, 그럼요, 물론, 물론이죠, 물론입니다, 당연하죠, 당연히, 좋아, 좋아요, 좋습니다, 좋죠, 맞아요, 맞습니다, 맞아, 오케이, 오키, ㅇㅇ, ㅇㅋ, 승인, 승인해, 승인해요, 승인합니다, 승인함, 승인해 주세요, 허가, 허가합니다, 허용, 허용해, 허용합니다, 허락합니다, 동의, 동의해요, 동의합니다, 확인, 확인했습니다, 찬성, 진행, 진행해, 진행해요, 진행하세요, 진행하십시오, 진행해 주세요, 진행해주세요, 진행해도 됩니다, 해, 해요, 하세요, 해 주세요, 해주세요, 해도 돼, 해도 돼요, 해도 됩니다, 실행해, 실행하세요, 실행해 주세요, 실행해주세요, 그렇게 해, 그렇게 하세요, 그렇게 해 주세요, 그렇게 해주세요, 알겠습니다, 알겠어요",
    no: "아니, 아니요, 아니오, 아뇨, 아닙니다, 안 돼, 안돼, 안 돼요, 안돼요, 안 됩니다, 안됩니다, 하지 마, 하지마, 하지 마요, 하지마요, 하지 마세요, 하지마세요, 하지 말아요, 하지 말아 주세요, 하지 말아주세요, 하지 않습니다, 실행하지 마, 실행하지 마세요, 진행하지 마, 진행하지 마세요, 그만둬, 싫어, 싫어요, 싫습니다, 거부, 거부해, 거부합니다, 거절, 거절해, 거절합니다, 반대, 반대합니다, 불허, 불허합니다, 승인하지 않습니다, 승인 안 함, 허용하지 않습니다, 동의하지 않습니다, 됐어요, 됐습니다, 아직, 아직 안 돼요, 절대 안 돼, 절대 안돼, 절대로, ㄴㄴ, 노, 승인 거부, 승인 안 해요, 승인 안 합니다",
    stop: "중지, 중지해, 중지하세요, 중지해 주세요, 중지해주세요, 정지, 멈춰, 멈춰요, 멈추세요, 멈춰 주세요, 멈춰주세요, 그만, 그만해, 그만해요, 그만하세요, 스톱, 취소, 취소해, 취소해요, 취소하세요, 취소해 주세요, 취소해주세요, 중단, 중단해, 중단하세요, 중단해 주세요, 중단해주세요",
    status:
      "상태, 상태는, 상태 알려줘, 현재 상태, 상태가 어때요, 상태가 어떻습니까, 진행 상황, 진행상황, 진행 상황은, 진행 상황 알려줘, 진행 상황이 어때요, 진행 상황이 어떻게 되나요, 어떻게 되고 있어, 어떻게 되고 있어요, 어떻게 되고 있나요, 어떻게 돼 가, 어떻게 돼가요, 어떻게 됐어, 어떻게 됐어요, 얼마나 됐어요, 잘 되고 있어, 잘 돼가, 끝났어, 끝났어요, 끝났나요, 다 됐어, 다 됐어요, 다 됐나요",
    help: "도움말, 도움, 도와줘, 도와주세요, 도와 주세요, 뭘 할 수 있어, 사용법, 명령어",
    fresh: "새 세션, 새로운 세션, 새 대화",
    polite:
      "부탁해, 부탁해요, 부탁합니다, 부탁드립니다, 부탁드려요, 감사합니다, 감사해요, 감사드립니다, 고마워, 고마워요, 고맙습니다, 안녕, 안녕하세요, 안녕하십니까, 수고하세요, 수고하십니다, 수고하셨습니다, 수고 많으십니다, 잘 부탁드립니다, 드림, 올림, 안녕히 계세요, 훌륭해요, 완벽해요, 최고예요, 문제 없어요, 문제없어요",
    weak: "계속, 계속해, 계속해 주세요, 계속해주세요, 계속하세요, 그럼 이제, 지금, 바로, 당장, 그대로",
    ask: "해 줄래, 해줄래, 해 주실래요",
    hesitant:
      "아마, 아마도, 글쎄, 글쎄요, 몰라, 몰라요, 모르겠어요, 모르겠습니다, 잘 모르겠어요, 잠깐, 잠깐만, 잠깐만요, 잠시만, 잠시만요, 기다려, 기다려 주세요, 기다려주세요, 나중에, 상황에 따라, 멈추지 마, 멈추지 마세요, 중지하지 마, 중지하지 마세요, 취소하지 마, 취소하지 마세요, 네 아니오, 예 아니오, 괜찮아요, 괜찮습니다",
    condition: "하지만, 그런데, 근데, 만약, 단, 다만, 만, 대신, 또는, 혹은, 먼저, 그러나, 후에, 전에",
    because: "왜냐하면, 왜냐면, 이유는",
  },
  russian: {
    yes: "да, да да, ага, угу, конечно, разумеется, да конечно, хорошо, ладно, окей, ок, о'кей, идёт, идет, пойдёт, пойдет, давай, давайте, да давай, вперёд, вперед, делай, делайте, сделай это, сделайте это, действуй, действуйте, выполняй, выполняйте, выполни, запускай, можно, можешь, разрешаю, разрешено, разрешить, одобряю, одобрено, одобрить, подтверждаю, подтверждено, подтвердить, согласен, согласна, согласовано, я согласен, я согласна, принято, принимаю, верно, точно, так точно, не возражаю, я не против, не против",
    no: "нет, не, неа, нет спасибо, не надо, не нужно, не стоит, лучше не надо, лучше не, лучше нет, ни в коем случае, ни за что, никогда, пока нет, пока не надо, не сейчас, ещё нет, еще нет, не делай, не делай этого, не делайте, не делайте этого, не запускай, не выполняй, пожалуйста не надо, запрещаю, запрещено, запретить, нельзя, отказ, отказываю, отказать, отклоняю, отклонить, отклонено, не разрешаю, не одобряю, не согласен, не согласна, я не согласен, я не согласна, я против, против",
    stop: "стоп, стой, остановись, остановитесь, останови, остановите, остановить, остановка, прекрати, прекратите, прекратить, хватит, отмена, отмени, отмените, отменить, отменяй, прерви, прервать",
    status:
      "статус, какой статус, каков статус, состояние, какое состояние, каково состояние, как дела, как идут дела, как идёт, как идет, как там дела, как продвигается, как успехи, что нового, есть новости, прогресс, какой прогресс, готово ли, уже готово, ты закончил, закончил, на каком этапе, на каком ты этапе, что происходит",
    help: "помощь, помоги, помогите, помоги мне, справка, что ты умеешь, как это работает, команды",
    fresh: "новая сессия, новую сессию, новый сеанс, новый разговор",
    polite:
      "пожалуйста, спасибо, большое спасибо, спасибо большое, спасибо заранее, заранее спасибо, благодарю, привет, здравствуй, здравствуйте, доброе утро, добрый день, добрый вечер, уважаемый, уважаемая, с уважением, всего доброго, всего хорошего, до свидания, хорошего дня, удачи, отлично, прекрасно, супер, замечательно, без проблем, не проблема, отправлено с iphone",
    weak: "продолжай, продолжайте, тогда, это, сейчас, сразу, прямо сейчас, ну",
    ask: "можешь ли ты, не мог бы ты, можете ли вы, можете, можешь пожалуйста",
    hesitant:
      "может быть, может, возможно, наверное, наверно, не знаю, я не знаю, не уверен, не уверена, подожди, подождите, погоди, минутку, секунду, зависит, потом, позже, не останавливайся, не останавливай, не прекращай, не отменяй, да и нет, да или нет, да нет, да нет наверное",
    condition:
      "но, если, только, или, либо, кроме, когда, после, перед, однако, при условии, сначала, без, пока, чтобы",
    because: "потому что, так как, поскольку",
  },
  turkish: {
    yes: "evet, evet evet, tabii, tabi, tabii ki, tabi ki, elbette, olur, tamam, tamamdır, tamamdir, peki, onay, onaylıyorum, onayliyorum, onaylandı, onaylandi, onayla, kabul, kabul ediyorum, kabul edildi, izin veriyorum, izin verildi, izin ver, hayhay, yap, yapın, yapabilirsin, yapabilirsiniz, devam et lütfen, devam edebilirsin, devam edebilirsiniz, başla, basla, çalıştır, calistir, uygundur, uygun, doğru, kesinlikle, anlaştık, hadi, hadi yap, katılıyorum, olur yap",
    no: "hayır, hayir, yok, yoo, hayır teşekkürler, hayir tesekkurler, hayır teşekkür ederim, olmaz, asla, kesinlikle hayır, kesinlikle olmaz, yapma, yapmayın, yapmayin, bunu yapma, sakın, sakın yapma, lütfen yapma, henüz değil, şimdi değil, şimdi olmaz, değil, degil, istemiyorum, yapmasan iyi olur, reddet, reddedildi, reddediyorum, onaylamıyorum, onaylamiyorum, kabul etmiyorum, izin vermiyorum, izin yok, yasak, katılmıyorum, boşver, gerek yok",
    stop: "dur, durun, durdur, durdurun, iptal, iptal et, iptal edin, vazgeç, vazgec, kes, bırak, birak, yeter",
    status:
      "durum, durum ne, durum nedir, durum nasıl, ne durumda, ne durumdasın, ne durumdayız, son durum, son durum ne, nasıl gidiyor, nasil gidiyor, nasıl ilerliyor, ilerleme, ilerleme nasıl, ne yapıyorsun, bitti mi, bitirdin mi, hazır mı, ne oldu, yeni bir şey var mı",
    help: "yardım, yardim, yardım et, bana yardım et, neler yapabilirsin, ne yapabilirsin, komutlar",
    fresh: "yeni oturum, yeni bir oturum, yeni konuşma, yeni sohbet",
    polite:
      "lütfen, lutfen, teşekkürler, tesekkurler, teşekkür ederim, tesekkur ederim, çok teşekkürler, çok teşekkür ederim, sağol, sagol, sağ ol, sağ olun, şimdiden teşekkürler, merhaba, merhabalar, selam, selamlar, günaydın, iyi günler, iyi akşamlar, sayın, saygılar, saygılarımla, saygilarimla, sevgiler, iyi çalışmalar, kolay gelsin, hoşça kal, görüşürüz, harika, mükemmel, süper, güzel, çok iyi, sorun değil, sorun yok, iphone'umdan gönderildi",
    weak: "devam, devam et, devam edin, o zaman, öyleyse, bunu, onu, şimdi, hemen",
    ask: "yapabilir misin, lütfen yapar mısın, yapar mısın",
    hesitant:
      "belki, galiba, sanırım, bilmiyorum, bilmem, emin değilim, bekle, bekleyin, bir dakika, bir saniye, dur bir dakika, duruma göre, sonra, daha sonra, durma, durmayın, durdurma, iptal etme, vazgeçme, evet ve hayır, evet veya hayır, evet hayır",
    condition:
      "ama, fakat, eğer, eger, sadece, yalnızca, ancak, veya, ya da, yoksa, hariç, sonra, önce, şartıyla, olmadan, kadar",
    because: "çünkü, cunku, zira",
  },
}
