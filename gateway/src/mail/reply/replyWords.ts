/**
 * Words that mail clients write around an old mail, in the languages that they are sold in. Only data: a language
 * is added by adding its words. Words of all languages are looked for at once, for the language of a client says
 * nothing about that of its user.
 */
import { wordList } from "./wordList.ts"

/** Ends or carries a line such as "On … wrote:". Matched as whole words, without regard to case. */
export const attributionVerbs: ReadonlyArray<string> = wordList(`
  wrote | writes | has written
  schrieb | schrieben | schreibt | hat geschrieben | geschrieben
  a écrit | écrit | écrivait | a envoyé
  escribió | escribio | escribe | ha escrito
  escreveu | escreve | escreveram
  ha scritto | scrive | scriveva | scritto
  schreef | schrijft | heeft geschreven | het volgende geschreven
  napisał | napisała | napisał(a) | pisze | napisana przez | napisano
  skrev | skriver
  skrev følgende | skreiv
  kirjoitti | kirjoittaa
  napsal | napsala | napsal(a) | odesílatel | píše
  napísal | napísala | napísal(a) | používateľ
  ezt írta | írta | következőt írta
  a scris | scria
  napisao je | napisala je | je napisao | je napisao/la | piše
  je napisal | je oseba | piše
  је написао | је написао/ла | пише
  yazdı | şunu yazdı | şunları yazdı | yazmış
  написал | написала | написал(а) | пишет | писал | писала | писал(а)
  написав | написала | пише | написав(ла) | писав
  написа | пише
  έγραψε | έγραψαν
  كتب | كتبت | كتابة ما يلي | كتب/كتبت
  כתב | כתבה | כתב/ה | כתב(ה) | מאת
  نوشت | نوشته است
  写道 | 寫道 | 写了 | 編寫
  のメール | さんは書きました | は書きました | が書きました | 書いた
  작성 | 님이 작성 | 쓴 글 | 작성했습니다 | 님이 씀
  đã viết | viết
  menulis
  เขียนว่า | เขียน
  ने लिखा
  va escriure | ha escrit
  idatzi du
  kirjutas
  rakstīja
  rašė
`)

/** Begins a line such as "Quoting … :". */
export const attributionOpeners: ReadonlyArray<string> = wordList(`
  quoting | zitat von | zitiere | nachricht von | citando | citando a | cita de | mensaje de | mensagem de | citação de
  citation de | en citant | message de | citazione da | citazione di | messaggio da | messaggio di | citaat van
  bericht van | cytowanie | cytat | wiadomość od | citat från | citat fra | citerar | citerer | lainaus | citace od
  citování | idézet | citat din | цитата | цитирую | сообщение от | письмо от | цитирам | alıntı | παράθεση | اقتباس | ציטוט
  引用 | 引述 | missatge de | citant | mensaxe de | trích dẫn | mengutip | message from | reply from
`)

/** Stands between rules of dashes above an old mail. */
export const separatorWords: ReadonlyArray<string> = wordList(`
  reply above this line | please reply above this line | please type your reply above this line | write above this line
  bitte oberhalb dieser linie antworten | répondez au-dessus de cette ligne | responda por encima de esta línea
  original message | original mail | original email | original | forwarded message | forwarded mail
  forwarded by | reply message | replied message | replied mail | message transféré | begin message
  ursprüngliche nachricht | originalnachricht | original-nachricht | originale nachricht
  weitergeleitete nachricht | weitergeleitete mail | message d'origine | message d’origine
  message original | message initial | courriel original | message transmis | mensaje original
  mensaje reenviado | mensagem original | mensagem encaminhada | mensagem reencaminhada
  messaggio originale | messaggio inoltrato | messaggio originario | oorspronkelijk bericht
  origineel bericht | doorgestuurd bericht | oryginalna wiadomość | wiadomość oryginalna
  wiadomość przekazana | przekazana wiadomość | treść przekazanej wiadomości | wiadomość przesłana dalej
  wiadomość pierwotna | ursprungligt meddelande | originalmeddelande | vidarebefordrat meddelande
  vidarebefordrat mejl | ursprungligt mejl | oprindelig meddelelse | oprindelig besked
  videresendt meddelelse | videresendt besked | opprinnelig melding | original melding | videresendt melding
  opprinnelig e-post | alkuperäinen viesti | edelleenlähetetty viesti | välitetty viesti
  välitetty viesti / fwd.msg | původní zpráva | původní e-mail | přeposlaná zpráva | pôvodná správa
  preposlaná správa | preposlaná správa --- forwarded message | eredeti üzenet | továbbított üzenet
  eredeti levél | mesaj original | mesaj redirecționat | mesaj redirecţionat | orijinal mesaj | özgün ileti
  asıl mesaj | iletilmiş mesaj | iletilen ileti | yönlendirilmiş mesaj | iletilen mesaj | исходное сообщение
  исходное письмо | оригинальное сообщение | перенаправленное сообщение | пересылаемое сообщение
  пересланное сообщение | пересылаемое письмо | конец пересылаемого сообщения | оригінальне повідомлення
  початкове повідомлення | вихідне повідомлення | переслане повідомлення | перенаправлене повідомлення
  оригинално съобщение | препратено съобщение | izvorna poruka | proslijeđena poruka | izvirno sporočilo
  posredovano sporočilo | αρχικό μήνυμα | προωθημένο μήνυμα | الرسالة الأصلية | رسالة أصلية
  رسالة معاد توجيهها | رسالة معاد إرسالها | رسالة محولة | הודעה מקורית | ההודעה המקורית | הודעה שהועברה
  הודעה מועברת | 原始邮件 | 原始郵件 | 转发邮件 | 轉寄郵件 | 转发的邮件 | 轉寄的郵件 | 原邮件 | 回复的原邮件 | 转发邮件信息 | 原始信件 | 轉寄者 | 原始訊息
  轉寄訊息 | 元のメッセージ | 元のメール | 転送メッセージ | 転送されたメッセージ | メッセージを転送 | original message follows | オリジナルメッセージ
  オリジナル メッセージ | 원본 메일 | 원본 메시지 | 원본메일 | 원본 이메일 | 전달된 메시지 | 전달한 메일 | 전달된 메일 | thư gốc | tin nhắn gốc
  thư đã chuyển tiếp | tin nhắn đã chuyển tiếp | thư chuyển tiếp | thông điệp gốc | pesan asli
  pesan terusan | pesan yang diteruskan | ข้อความต้นฉบับ | ข้อความที่ส่งต่อ | मूल संदेश | missatge original
  missatge reenviat
`)

/** Apple's line above a forwarded mail; a colon may follow. Counts only above header lines. */
export const forwardedLines: ReadonlyArray<string> = wordList(`
  begin forwarded message | forwarded message | anfang der weitergeleiteten nachricht
  weitergeleitete nachricht | début du message transféré | début du message réexpédié | message transféré
  inicio del mensaje reenviado | início da mensagem encaminhada | início da mensagem reencaminhada
  inizio messaggio inoltrato | begin doorgestuurd bericht | początek przekazywanej wiadomości
  vidarebefordrat mejl | vidarebefordrat brev | start på videresendt besked | videresendt melding
  videresendt besked | välitetty viesti alkaa | välitetty viesti | začátek přeposílané zprávy
  začiatok preposlanej správy | továbbított levél kezdete | începe mesajul redirecționat
  započni proslijeđenu poruku | započetak proslijeđene poruke | ileti başlangıcı | iletilen ileti başlangıcı
  начало переадресованного сообщения | початок листа, що пересилається | έναρξη προωθημένου μηνύματος
  έναρξη μηνύματος | بدء الرسالة المُعاد توجيهها | بدء الرسالة المعاد توجيهها | תחילת ההודעה שהועברה
  תחילת הודעה שהועברה | 开始转发的邮件 | 下面是被转发的邮件 | 下面是转发的邮件 | 開始轉寄郵件 | 開始轉寄的郵件 | 転送されたメッセージ | 転送メッセージ
  전달된 메시지 시작 | 전달된 메시지 | bắt đầu thư được chuyển tiếp | bắt đầu thư đã chuyển tiếp | awal pesan terusan
  mulai pesan yang diteruskan | เริ่มข้อความที่ส่งต่อ
`)

/** Labels of an old mail's header lines. People write such words too: one of them alone says nothing. */
export const headerLabels = {
  from: wordList(`
    from | von | de | da | van | od | från | fra | lähettäjä | kimden | gönderen | от | від | від кого
    от кого | отправитель | nadawca | mittente | remitente | remetente | από | αποστολέας | من | מאת | 发件人
    發件人 | 寄件者 | 寄件人 | 差出人 | 送信者 | 送信元 | 보낸 사람 | 보낸사람 | 발신 | 발신자 | từ | người gửi | expeditorul | expeditor
    de la | feladó | šalje | saatja | pošiljatelj | dari | pengirim | จาก | ผู้ส่ง | प्रेषक | expéditeur
    afsender | avsändare | avsender | absender | afzender | odesílatel | odosielateľ | від: | ad | nuo | no
    از
  `),
  date: wordList(`
    date | sent | message du | datum | gesendet | gesendet am | envoyé | envoyé le | enviado | enviado el | enviada em
    enviado em | enviada | fecha | data | inviato | inviata | verzonden | verstuurd | wysłane | wysłano
    skickat | skickat den | sendt | dato | lähetetty | päivämäärä | päiväys | aika | odesláno | odoslané
    dátum | elküldve | küldve | gönderildi | gönderilme tarihi | gönderim tarihi | gönderme tarihi | tarih
    отправлено | дата | надіслано | відправлено | дата отправки | στάλθηκε | ημερομηνία | απεστάλη
    αποστολή | تم الإرسال | تاريخ الإرسال | التاريخ | تاريخ | أُرسلت | נשלח | תאריך | נשלח ב | 发送时间 | 發送時間
    发送日期 | 日期 | 时间 | 時間 | 寄件日期 | 傳送時間 | 傳送日期 | 送信日時 | 送信日 | 日時 | 日付 | 보낸 날짜 | 날짜 | 보낸날짜 | 보낸 시간 | 발신일
    đã gửi | ngày gửi | ngày | thời gian | gửi lúc | trimis | dată | poslano | terkirim | dikirim | tanggal
    ส่ง | ส่งเมื่อ | วันที่ | भेजा गया | दिनांक | sent at | sent on | تاریخ
  `),
  to: wordList(`
    to | an | à | a | para | aan | do | till | til | vastaanottaja | komu | kime | alıcı | кому | получатель
    adresat | destinatario | destinatário | pour | προς | παραλήπτης | إلى | الى | אל | 收件人 | 收件者 | 宛先 | 送信先
    받는 사람 | 받는사람 | 수신 | 수신자 | đến | tới | người nhận | destinatarul | către | címzett | prima | za | pre
    kepada | ke | untuk | ถึง | प्रति | empfänger | destinataire | ontvanger | modtager | mottagare
    mottaker | odbiorca | saaja | príjemca | příjemce | به
  `),
  subject: wordList(`
    subject | betreff | objet | sujet | asunto | assunto | oggetto | onderwerp | temat | ämne | emne | aihe
    předmět | predmet | tárgy | konu | тема | subiect | subiectul | naslov | zadeva | θέμα | الموضوع | موضوع
    נושא | הנושא | 主题 | 主題 | 主旨 | 标题 | 標題 | 件名 | 題名 | 제목 | chủ đề | tiêu đề | subjek | perihal | judul
    เรื่อง | หัวเรื่อง | विषय | относно | teema | tēmats | tema | assumpte | gaia | re
  `),
  other: wordList(`
    cc | bcc | kopie | kopie (cc) | copie à | copia | cópia | kopia | kopi | kopio | dw | udw | копия
    копія | bilgi | másolat | másolatot kap | reply-to | antwort an | répondre à | responder a | rispondi a
    antwoord aan | svar til | svara till | 抄送 | 抄送人 | 副本 | 참조 | 숨은참조 | κοιν | κοινοποίηση | نسخة
    نسخة إلى | העתק | עותק | đồng kính gửi | importance | wichtigkeit | priorité | attachments | anlagen
    pièces jointes | allegati | adjuntos | anexos | bijlagen | organization | reply to | ccn | cci | bilaga
    bilagor | vedhæftede filer | 重要性 | 附件
  `),
}
