/** Words of signatures in the languages that clients are sold in. Only data, each line one expression. */

/** What an app or a phone writes under a mail; the whole line, with or without a link behind it. */
export const appLines: ReadonlyArray<RegExp> = [
  // English
  /^(?:(?:this|the) (?:message|e-?mail) (?:was|has been) )?sent (?:from|via|with|using|by) (?:my |the |a )?[^\s,;:?!][^,;:?!]{0,70}(?:[,;] .{0,20}(?:excuse|pardon|forgive|ignore|sorry|typos|brevity).{0,50})?$/,
  /^sent (?:from )?(?:mobile|on the go)\b.{0,40}$/,
  /^(?:get|download) (?:the )?(?:outlook|bluemail|mailbird|spark|yahoo mail|gmail|boxer)\b.{0,30}$/,
  /^(?:(?:sent|written|typed|composed) (?:on|from) .{2,40}[.,;] )?(?:please )?excuse (?:my |the |any )?(?:brevity|typos|errors|spelling)\b.{0,60}$/,
  // German
  /^von .{2,50} (?:gesendet|geschickt|versendet)$/,
  /^(?:von|mit) (?:meinem?|meiner|unterwegs|iphone|ipad|der|dem)\b.{0,60} (?:gesendet|geschickt|versendet|verschickt)$/,
  /^(?:gesendet|verschickt|versendet|geschrieben) (?:von|mit|aus|über|mittels|via)\b.{2,70}$/,
  /^diese (?:e-?mail|nachricht) wurde von .{2,60} (?:gesendet|geschickt)$/,
  /^outlook (?:für|for) .{2,20} (?:herunterladen|beziehen)$/,
  /^holen sie sich outlook für .{2,20}$/,
  // French
  /^provenance\s?: .{2,50}$/,
  /^envoyée? (?:de|depuis|à partir (?:de|d')|avec|par|via|du)\b.{2,70}$/,
  /^(?:télécharge[rz]|obtene[zr]|obtenir) outlook pour .{2,20}$/,
  // Spanish, Portuguese, Catalan, Italian
  /^enviad[oa] (?:desde|do|da|de|a partir d[oea]|con|com|pelo|através d[eoa]|via|mediante|por|des de)\b.{2,70}$/,
  /^enviat (?:des de|amb)\b.{2,60}$/,
  /^(?:obtener|descargar?|obtenga|obter|baixar|baixe|transferir|obtenha) (?:o )?outlook (?:para|para o) .{2,20}$/,
  /^inviat[oa] (?:da|dal|dall'|con|tramite|via|dalla)\s?.{2,70}$/,
  /^(?:scarica|ottieni|scaricare) outlook per .{2,20}$/,
  // Dutch
  /^(?:verzonden|verstuurd|gestuurd|verstuurt) (?:vanaf|met|via|vanuit|van|door)\b.{2,70}$/,
  /^(?:outlook voor .{2,20} (?:downloaden|ophalen)|download outlook voor .{2,20})$/,
  // Danish, Norwegian, Swedish, Finnish
  /^(?:sendt|skickat|sänt|skickades?) (?:fra|frå|från|via|med|av|ifrån)\b.{2,70}$/,
  /^(?:hent|få|hämta|skaffa) outlook (?:til|for|för) .{2,20}$/,
  /^lähetetty .{2,60}$/,
  /^(?:hanki|lataa) outlook .{2,30}$/,
  // Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovene, Baltic
  /^(?:wysłan[eoy]|wysłano) (?:z|ze|za pomocą|przez|przy użyciu|z mojego)\b.{2,70}$/,
  /^(?:pobierz|uzyskaj) (?:program |aplikację )?outlook dla .{2,30}$/,
  /^(?:odesláno|odoslané|odeslané|odoslaná) (?:z|ze|zo|pomocí|pomocou|prostřednictvím)\b.{2,70}$/,
  /^(?:stáhnout|získat|získajte|získejte|prevziať) (?:si )?outlook pro .{2,20}$/,
  /^(?:iphone|ipad|.{2,30})-?(?:omról|omból|ról|ről) küldve$/,
  /^(?:elküldve|küldve) .{2,60}$/,
  /^trimis (?:de pe|din|cu|prin|de la)\b.{2,60}$/,
  /^(?:poslano|poslato) (?:s|sa|iz|z)\b.{2,60}$/,
  // Baltic
  /^(?:saadetud|nosūtīts|išsiųsta|siųsta) .{2,60}$/,
  // Turkish
  /^.{2,50} (?:ile|üzerinden|aracılığıyla) gönderildi$/,
  /^.{2,50}(?:'?(?:den|dan|ten|tan|umdan|ımdan|imden)) gönderildi$/,
  /^outlook .{2,30} (?:indir|edinin|alın)$/,
  // Russian, Ukrainian, Bulgarian, Greek
  /^отправлен[оа]? (?:с|со|из|через|от)\s.{2,70}$/,
  /^(?:скачать|загрузить|скачайте|получить) outlook (?:для|на) .{2,20}$/,
  /^(?:надіслано|відправлено) (?:з|із|зі|через|від)\s.{2,70}$/,
  /^(?:завантажити|отримати) outlook для .{2,20}$/,
  /^изпратено от .{2,60}$/,
  /^(?:στάλθηκε|απεστάλη|εστάλη) (?:από|με|μέσω)\s.{2,60}$/,
  // Arabic, Hebrew, Persian
  /^(?:أُرسلت|أرسلت|أُرسل|أرسل|تم الإرسال|مرسل|تم إرسالها|أُرسِلت) (?:من|باستخدام|عبر|بواسطة)\s.{2,60}$/,
  /^(?:الحصول على|احصل على|تنزيل) outlook .{2,30}$/,
  /^(?:נשלח|נכתב) (?:מ|מה|באמצעות|דרך).{2,60}$/,
  /^(?:קבל את|הורד את) outlook .{2,30}$/,
  /^(?:فرستاده شده|ارسال شده) از .{2,60}$/,
  // Chinese, Japanese, Korean
  /^(?:发自|發自|来自|寄自|发送自|傳送自|由|从|從|通过|使用|透過).{1,40}(?:iphone|ipad|手机|手機|邮箱|郵箱|客户端|客戶端|邮件|郵件|邮件大师|信箱|android|安卓|华为|小米|网易|qq|outlook|发送|傳送|寄出|发出|發送)\S{0,12}$/,
  /^(?:获取|取得|下载|下載) ?(?:适用于 ?\S+ 的 )?outlook.{0,20}$/,
  /^.{1,40}(?:から送信|から送信されました|より送信|から送りました|からの送信|で送信)。?$/,
  /^(?:outlook for .{2,20}? ?[をの]入手|.{2,20}用 outlook .{0,20})$/,
  /^.{1,40}(?:에서 보냄|에서 보낸 메일|에서 전송|에서 보냈습니다|에서 발송|에서 보낸 이메일|으로 보냄)\.?$/,
  /^.{2,20}용 outlook (?:다운로드|받기|가져오기)$/,
  // Vietnamese, Indonesian, Thai, Hindi
  /^(?:(?:đã|được) )?gửi (?:từ|bằng|qua)\s.{2,60}$/,
  /^(?:tải|lấy|nhận) outlook (?:cho|dành cho) .{2,20}$/,
  /^(?:dikirim|terkirim) (?:dari|menggunakan|melalui)\s.{2,60}$/,
  /^ส่งจาก.{2,60}$/,
  /^(?:मेरे .{2,40} से भेजा गया|.{2,40} से भेजा गया)$/,
]

/** A line that speaks of a person and how to reach them. */
export const contactMarks: ReadonlyArray<RegExp> = [
  /(?:^|[\s|•·,;])(?:tel(?:efon|efoon|éfono|éfono|efone)?|phone|ph|mobil(?:e|telefon)?|mob|cell|fax|office|direct|handy|gsm|m|t|p|f|e|w|d|o|тел|моб|電話|电话|手机|手機|携帯|전화|휴대폰|קל|נייד|طلفون|هاتف)\s?[.:：)]\s?\+?[\d(]/iu,
  /(?<![\w./-])\+\d{1,3}[\s().\d-]{6,18}\d(?!\w)/u,
  /^\(?0\d{1,5}\)?[\s/-]\d[\d\s-]{4,14}$/u,
  /^(?:(?:e-?mail|mail|email|e|web|www|internet|website|site|w)\s?[:：]\s?)?\S+@\S+\.\w{2,}(?:\s?\|\s?\S+)*$/iu,
  /^(?:(?:web|www|internet|website|site|w)\s?[:：]\s?)?(?:https?:\/\/)?www\.\S+$/iu,
  /^\P{Ll}[^|•·]*\s[|•·]\s(?:\p{Lu}|\p{Lo}|\+?\d|\S+@|www\.)/u,
  /\b(?:gmbh|ltd|llc|inc|s\.?r\.?l|s\.?a\.?s|b\.?v|ag|oy|ab|a\/s|aps|sp\. z o\.?o|s\.?p\.?a|pty|corp|co\.|ооо|株式会社|有限公司|주식회사)(?:\.|\b)/iu,
  /\b(?:engineer|developer|manager|director|head of|consultant|architect|cto|ceo|lead|entwickler(?:in)?|leiter(?:in)?|geschäftsführer(?:in)?|ingénieur|développeu|responsable|directeur|ingeniero|desarrollador|ingegnere|sviluppatore|директор|инженер|разработчик|エンジニア|部長|工程师|经理|팀장|매니저)\b/iu,
]
