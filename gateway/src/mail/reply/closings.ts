import { wordList } from "./wordList.ts"

/** A closing phrase: the line is nothing but one of them, with or without a comma. */
export const closings: ReadonlyArray<string> = wordList(`
  regards | best regards | kind regards | warm regards | warmest regards | kindest regards
  with kind regards | with best regards | many regards | rgds | br | kr | best | all the best | best wishes
  with best wishes | cheers | cheerio | thanks | thanks a lot | many thanks | thanks again | thanks so much
  thank you | thank you very much | thank you so much | thanks in advance | thank you in advance
  thanks and regards | thanks & regards | thanks and best regards | thx | ta | tia | sincerely
  yours sincerely | sincerely yours | yours truly | yours faithfully | yours | respectfully | cordially
  take care | have a nice day | have a great day | have a good one | talk soon | warmly
  mit freundlichen grüßen | mit freundlichen grüssen | mit freundlichem gruß | mit freundlichem gruss
  mit besten grüßen | mit besten grüssen | freundliche grüße | freundliche grüsse | freundlicher gruß
  beste grüße | beste grüsse | viele grüße | viele grüsse | vielen dank | vielen dank und viele grüße
  vielen dank im voraus | herzliche grüße | herzliche grüsse | liebe grüße | liebe grüsse | schöne grüße
  gruß | gruss | grüße | grüsse | lg | vg | mfg | bg | danke | danke schön | danke dir | danke und gruß
  danke und grüße | danke im voraus | besten dank | hochachtungsvoll | bis dann | schönen gruß
  schöne grüsse | cordialement | bien cordialement | très cordialement | sincèrement | bien à vous
  bien à toi | amicalement | amitiés | salutations | meilleures salutations | salutations distinguées
  merci | merci beaucoup | merci d'avance | merci par avance | merci bien | bonne journée | bonne soirée
  à bientôt | cdlt | cdt | bises | respectueusement | saludos | un saludo | saludos cordiales
  cordiales saludos | un cordial saludo | atentamente | gracias | muchas gracias | gracias y saludos
  gracias de antemano | un abrazo | abrazos | muchos saludos | saludos y gracias | atenciosamente | att
  abraços | abraço | um abraço | cumprimentos | com os melhores cumprimentos | melhores cumprimentos
  os melhores cumprimentos | obrigado | obrigada | muito obrigado | muito obrigada | grato | grata
  saudações | cordialmente | desde já agradeço | cordiali saluti | saluti | distinti saluti | un saluto
  cari saluti | grazie | grazie mille | molte grazie | tante grazie | grazie in anticipo | a presto
  buona giornata | grazie e saluti | met vriendelijke groet | met vriendelijke groeten | vriendelijke groet
  vriendelijke groeten | groeten | groet | groetjes | hartelijke groet | hartelijke groeten | bedankt
  dank je | dank u | dank je wel | alvast bedankt | mvg | gr | pozdrawiam | pozdrawiam serdecznie
  z poważaniem | serdecznie pozdrawiam | z pozdrowieniami | dziękuję | dzięki | z góry dziękuję
  pozdrowienia | pozdro | z wyrazami szacunku | med vänliga hälsningar | med vänlig hälsning
  vänliga hälsningar | vänligen | hälsningar | mvh | tack | tack på förhand | bästa hälsningar | hälsar
  tack så mycket | med venlig hilsen | venlig hilsen | de bedste hilsner | bedste hilsner | hilsen | hilsner
  mange hilsner | vh | mange tak | tak | på forhånd tak | kærlig hilsen | med vennlig hilsen
  vennlig hilsen | beste hilsen | hilsninger | takk | tusen takk | takk på forhånd | mange takk
  ystävällisin terveisin | terveisin | parhain terveisin | yt | t | kiitos | kiitoksia | kiitos etukäteen
  terv | terveiset | s pozdravem | s přátelským pozdravem | zdravím | děkuji | děkuju | díky | předem děkuji
  s úctou | hezký den | s pozdravom | ďakujem | vďaka | s priateľským pozdravom | üdvözlettel | tisztelettel
  köszönöm | üdv | köszi | cu stimă | cu respect | mulțumesc | mulţumesc | toate cele bune | s poštovanjem
  lijep pozdrav | lp | pozdrav | hvala | lep pozdrav | s spoštovanjem | saygılarımla | saygılar
  saygılarımızla | iyi çalışmalar | iyi günler | teşekkürler | teşekkür ederim | sevgiler | selamlar
  kolay gelsin | şimdiden teşekkürler | с уважением | с наилучшими пожеланиями | с искренним уважением
  всего доброго | всего наилучшего | спасибо | заранее спасибо | благодарю | большое спасибо | с приветом
  хорошего дня | з повагою | з найкращими побажаннями | дякую | щиро дякую | наперед дякую | гарного дня
  с уважение | поздрави | благодаря | s uvažением | με εκτίμηση | φιλικά | ευχαριστώ | ευχαριστώ πολύ
  χαιρετισμούς | χαιρετίσματα | με φιλικούς χαιρετισμούς | ευχαριστώ εκ των προτέρων | مع أطيب التحيات
  مع التحية | تحياتي | أطيب التحيات | مع خالص التحية | وتفضلوا بقبول فائق الاحترام | شكرا | شكراً
  شكرا جزيلا | شكراً جزيلاً | مع الشكر | مع فائق الاحترام | با احترام | با تشکر | בברכה | בתודה | תודה
  תודה רבה | בכבוד רב | כל טוב | תודה מראש | יום טוב | בברכה רבה | 谢谢 | 謝謝 | 此致 | 敬礼 | 此致敬礼 | 祝好 | 顺颂商祺
  順頌商祺 | 顺祝商祺 | 祝工作顺利 | 多谢 | 感谢 | 感謝 | 敬上 | 祝您愉快 | 此致 敬礼 | 谢谢您 | 非常感谢 | よろしくお願いします | よろしくお願いいたします
  宜しくお願いします | 宜しくお願い致します | よろしくお願い致します | 以上、よろしくお願いします | 以上、よろしくお願いいたします | どうぞよろしくお願いいたします | 以上 | 敬具
  ありがとうございます | ありがとうございました | どうぞよろしくお願いします | では | 감사합니다 | 고맙습니다 | 감사드립니다 | 수고하세요 | 드림 | 올림 | 감사합니다 드림
  안녕히 계세요 | trân trọng | cảm ơn | cám ơn | xin cảm ơn | thân mến | trân trọng cảm ơn | chân thành cảm ơn
  thân | salam | terima kasih | salam hormat | hormat saya | ขอบคุณ | ขอบคุณครับ | ขอบคุณค่ะ | ด้วยความเคารพ
  धन्यवाद | सादर | salutacions | gràcies | atentament
`)
