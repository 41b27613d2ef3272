/** Texts that mean one thing, by language. What is nothing but a yes; the code is that of the text, if any. */
export const approvals: Readonly<Record<string, ReadonlyArray<string>>> = {
  english:
    `yes|Yes.|YES|yes!|Yes please.|yes, please|y|yep|Yup!|yeah|ok|OK.|okay|k|sure|Sure!|sure, why not|of course|Absolutely.|definitely|agreed|approve|Approved.|I approve|I approve.|approve it|allow|allow it|accept|confirm|confirmed|permission granted|go|go ahead|Go ahead!|ok go ahead|OK, go ahead, please.|go for it|proceed|Please proceed.|do it|Do it now|yes, do it|please do|ship it|make it so|by all means|alright|all right|fine|fine by me|that's fine|That’s fine.|works for me|sounds good|Looks good to me|lgtm|LGTM 👍|good to go|👍|👍🏽|👍👍|✅|✔️|👌|+1|yes yes yes|Hi, yes please, thanks! Bob|Hello,\n\nyes, go ahead.\n\nThanks,\nAlice|Hi there,\r\n\r\nYes.\r\n\r\nBest regards\r\nPeter|Dear maillm, yes. Kind regards, Anna|yes :)|yes ;-)|Yes, thank you very much|yes\n\nBob|Yes - Bob|yes…|yes...|   yes   |\n\nyes\n\n|\tyes\t|ok, continue|yes, carry on|Great, go ahead|perfect, ship it 🚀|No problem, go ahead|ｙｅｓ|ＹＥＳ！|Yes.\n\nSent from my iPhone|YES!!!`.split(
      "|",
    ),
  german:
    `ja|Ja.|Ja bitte|ja, bitte!|ja, mach|Ja, mach das.|mach|mach es|ja gerne|gern|klar|Na klar!|klar doch|natürlich|los|leg los|nur zu|einverstanden|genehmigt|freigegeben|erlaubt|in ordnung|Geht klar, danke|passt|alles klar|jo|jawohl|ok, mach|Hallo, ja bitte, danke! Thomas`.split(
      "|",
    ),
  french:
    `oui|Oui.|oui vas-y|Oui, vas-y !|vas-y|allez-y|d'accord|D’accord, merci|bien sûr|bien sur|oui s'il te plaît|oui, svp|ça marche|c'est bon|je confirme|j'approuve|approuvé|tout à fait|Bonjour, oui, merci. Pierre`.split(
      "|",
    ),
  spanish:
    `sí|Sí.|si|sí, por favor|si, gracias|claro|claro que sí|por supuesto|vale|dale|adelante|Sí, adelante|hazlo|de acuerdo|está bien|apruebo|aprobado|autorizado|¡Sí!|¡Sí!|Hola, sí, gracias. Carlos`.split(
      "|",
    ),
  italian:
    `sì|Sì.|sì grazie|sì, per favore|certo|va bene|Va bene, grazie|vai|vai pure|procedi|fallo|d'accordo|approvo|approvato|confermo|autorizzo|Ciao, sì, grazie! Marco`.split(
      "|",
    ),
  portuguese:
    `sim|Sim.|sim, por favor|sim, obrigado|claro|com certeza|pode|pode fazer|vá em frente|prossiga|faça|tudo bem|está bem|concordo|aprovo|aprovado|autorizo|Olá, sim, obrigada. Maria`.split(
      "|",
    ),
  dutch:
    `ja|ja graag|ja hoor|jazeker|akkoord|oké|is goed|ga je gang|ga maar|doe maar|Ja, doe maar.|doe het|goedgekeurd|toegestaan|Hoi, ja graag, bedankt! Anna`.split(
      "|",
    ),
  polish:
    `tak|Tak.|tak, proszę|tak prosze|pewnie|jasne|oczywiście|zgoda|zgadzam się|w porządku|śmiało|zrób to|zatwierdzam|akceptuję|zezwalam|Cześć, tak, dzięki! Anna`.split(
      "|",
    ),
  swedish:
    `ja|ja tack|Ja, tack!|jo|visst|javisst|självklart|absolut|kör|kör på|gör det|godkänn|godkänt|jag godkänner|tillåtet|Hej, ja tack. Lars`.split(
      "|",
    ),
  chinese:
    `好|好的|好的。|是|是的|是的，谢谢|可以|可以，谢谢！|行|对|当然|当然可以|同意|我同意|批准|允许|执行|做吧|请继续|你好，好的，谢谢|好的谢谢|沒錯|確認|👍 好的`.split(
      "|",
    ),
  japanese:
    `はい|はい。|はい、お願いします|はいお願いします。|ええ|うん|もちろん|いいですよ|了解|了解です|承認|承認します|許可します|どうぞ|進めてください|やってください|OKです|オッケー|こんにちは。はい、よろしくお願いします。`.split(
      "|",
    ),
  korean:
    `네|네.|네, 부탁드립니다|예|응|그래|그래요|좋아요|물론|승인|승인합니다|허용|동의합니다|진행해 주세요|네, 진행해주세요!|안녕하세요, 네, 감사합니다|해 주세요`.split(
      "|",
    ),
  russian:
    `да|Да.|ДА!|да, пожалуйста|да, давай|ага|конечно|хорошо|ладно|давай|разрешаю|одобряю|подтверждаю|согласен|Согласна.|делай|вперёд|Привет, да, спасибо! Анна`.split(
      "|",
    ),
  turkish:
    `evet|Evet.|EVET|evet, lütfen|tabii|tabii ki|elbette|olur|tamam|onaylıyorum|ONAYLIYORUM|kabul|kabul ediyorum|izin veriyorum|yap|Merhaba, evet, teşekkürler! Elif`.split(
      "|",
    ),
}

/** What is nothing but a no. */
export const denials: Readonly<Record<string, ReadonlyArray<string>>> = {
  english:
    `no|No.|NO!|n|nope|nah|no way|no thanks|No, thank you.|never|never mind|deny|denied|reject|refuse|decline|forbid|absolutely not|definitely not|please don't|Please don’t!|nope, don't|don't|do not|don't do it|do not run it|don't delete it|not now|not yet|not allowed|I do not approve|I'd rather not|better not|rather not|hold off|👎|👎🏿|❌|🚫|-1|no no no|Hi, no thanks! Bob|no :)`.split(
      "|",
    ),
  german:
    `nein|Nein!|nein danke|Nein, danke.|nee|nö|lieber nicht|besser nicht|bitte nicht|auf keinen Fall|noch nicht|mach das nicht|lass das|abgelehnt|nicht einverstanden|niemals`.split(
      "|",
    ),
  french:
    `non|Non merci|non, merci !|surtout pas|pas question|jamais|ne fais pas ça|je refuse|refusé|pas d'accord|pas maintenant`.split(
      "|",
    ),
  spanish:
    `no, gracias|mejor no|para nada|de ninguna manera|no lo hagas|nunca|rechazado|no estoy de acuerdo|ahora no`.split(
      "|",
    ),
  italian:
    `no grazie|No, grazie.|meglio di no|assolutamente no|mai|non farlo|rifiuto|non sono d'accordo`.split("|"),
  portuguese:
    `não|nao|Não, obrigado|não obrigada|melhor não|de jeito nenhum|nunca|não faça isso|recuso|agora não`.split(
      "|",
    ),
  dutch:
    `nee|Nee, bedankt|nee dank je|liever niet|beter niet|zeker niet|niet doen|doe het niet|afgekeurd|dat mag niet`.split(
      "|",
    ),
  polish:
    `nie|Nie, dziękuję|nie dzięki|raczej nie|lepiej nie|absolutnie nie|nie rób tego|odmawiam|odrzucam|nie zgadzam się`.split(
      "|",
    ),
  swedish: `nej|nej tack|Nej, tack!|nä|helst inte|absolut inte|gör det inte|aldrig|avslå|inte nu`.split("|"),
  chinese: `不|不行|不要|不可以|不用了|不，谢谢|不同意|不批准|拒绝|别|算了|最好不要|禁止`.split("|"),
  japanese:
    `いいえ|いいえ、結構です|いや|だめ|ダメです|やめて|やめてください|しないでください|許可しません|却下|拒否します`.split(
      "|",
    ),
  korean:
    `아니요|아니오|아니|아뇨|안 돼요|안돼|하지 마세요|하지마|거부합니다|거절|싫어요|아니요, 감사합니다`.split(
      "|",
    ),
  russian:
    `нет|Нет.|нет, спасибо|не надо|лучше не надо|ни в коем случае|никогда|запрещаю|отказ|не согласен|не делай этого`.split(
      "|",
    ),
  turkish:
    `hayır|hayir|HAYIR|Hayır, teşekkürler|olmaz|asla|yapma|lütfen yapma|reddediyorum|onaylamıyorum|kabul etmiyorum`.split(
      "|",
    ),
}

export const stops =
  `stop|STOP|Stop!|stop it|please stop|Stop, please.|stop now|cancel|cancel it|Cancel that, thanks|cancel the request|abort|abort!|halt|🛑|can you stop?|could you please stop|/stop|/STOP|/cancel|/abort|/stop please|Hi, please stop. Thanks, Bob|ok stop|No, stop!|stopp|abbrechen|bitte abbrechen|hör auf|arrête|annule|arrêtez s'il vous plaît|para|detente|cancela|ferma|annulla|basta|pare|cancelar|annuleer|hou op|zatrzymaj|anuluj|przestań|stoppa|avbryt|sluta|停止|取消|请停止|停止してください|中止|キャンセル|중지|멈춰 주세요|취소|стоп|отмена|остановись|dur|iptal|İPTAL|durdur`.split(
    "|",
  )

export const statuses =
  `status|Status?|STATUS|/status|/Status|status please|status update|Hi, any news? Thanks|what's the status?|what is the state|What’s the state?|how is it going?|how's it going|How is it going? Thanks!|any update?|are you done yet?|done yet?|how far are you?|where are we?|still running?|wie ist der Stand?|Wie läuft's?|wie weit bist du?|bist du fertig?|où en es-tu ?|ça avance ?|quel est l'état ?|cómo va?|¿Cómo va?|cuál es el estado?|come va?|a che punto sei?|como está indo?|qual é o status?|hoe staat het ervoor?|hoe ver ben je?|jak idzie?|jaki jest stan?|hur går det?|är du klar?|进度|进展如何？|怎么样了？|状況は？|進捗どうですか？|진행 상황은?|상태|как дела?|статус?|какой статус?|durum nedir?|nasıl gidiyor?`.split(
    "|",
  )

export const helps =
  `help|Help!|help?|?|/help|/help approve|/?|please help|help me|commands|what can you do?|how does this work?|Hilfe|aide|ayuda|aiuto|ajuda|hulp|pomoc|hjälp|帮助|ヘルプ|도움말|помощь|yardım`.split(
    "|",
  )

export const fresh =
  `/new|/NEW|/new\n\n|new session|start a new session, please|neue Sitzung|nouvelle session|nueva sesión|新会话|新しいセッション|새 세션|новая сессия|yeni oturum`.split(
    "|",
  )
