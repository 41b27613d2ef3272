import type { ActionClass } from "@maillm/schema/Policy"
import type { Finding } from "./Verdict.ts"
import { shown } from "./Verdict.ts"

/** A wish that is dangerous whatever the agent does with it, in one language. */
interface Wish {
  readonly class: ActionClass
  readonly reason: string
  readonly pattern: RegExp
}

const wish = (name: ActionClass, reason: string, ...patterns: ReadonlyArray<RegExp>): ReadonlyArray<Wish> =>
  patterns.map((pattern) => ({ class: name, reason, pattern }))

/** Up to four words in between, none of which ends the sentence. */
const gap = String.raw`(?:\s+(?!not\b|never\b|nicht\b|ne\b|no\b)[^\s.!?;:]+){0,4}?\s+`
const rule = (text: string): RegExp =>
  new RegExp(text.replaceAll(" … ", gap).replaceAll(/ (?![{+*?])/g, String.raw`\s+`), "iu")

const wishes: ReadonlyArray<Wish> = [
  ...wish(
    "delete-outside-workspace",
    "asks to delete everything",
    rule(
      String.raw`\b(delete|erase|remove|wipe|destroy|nuke|purge) (everything|all (the |my |our |of (the |my |our ))?(files|data|folders|directories|documents|repos(itories)?|projects))\b(?! (in|from|under|inside|that|which|matching|with|older|named|ending|not|unused|generated|temporary) )`,
    ),
    rule(
      String.raw`\b(wipe|erase|delete|clear|empty|destroy) (out )?(the |my |your |this |that |whole |entire |complete )*(home (folder|directory)|machine|computer|server|system|root (folder|directory)|workspace|repository|repo)\b(?! (of|class|interface|method|cache|config|table|page|field|setting|component|pattern|test|tests|layer))`,
    ),
    rule(
      String.raw`\b(lösche?n?|entferne?n?|vernichte?n?) … (alles|alle dateien|alle daten|das ganze (verzeichnis|repository|projekt|system))\b`,
    ),
    rule(
      String.raw`\b(alles|alle dateien|alle daten|das ganze (verzeichnis|repository|projekt|system)|den server) (komplett |vollständig |unwiderruflich )?(löschen|entfernen|vernichten)\b`,
    ),
    rule(
      String.raw`\b(lösche?|entferne?|vernichte?) (bitte |mal |jetzt )*(alles|alle (dateien|daten)|das ganze (verzeichnis|repository|projekt|system))\b(?! (unbenutzte|ungenutzte|alte|was|die|in|aus|mit))`,
    ),
    rule(
      String.raw`\b(supprime|supprimer|supprimez|efface|effacer|effacez|détruis|détruire|détruisez) (tout|tous les fichiers|toutes les données|l'ensemble (des fichiers|du dépôt|du projet))\b(?! (ce qui|les imports|le code mort))`,
    ),
    rule(
      String.raw`\b(borra|borrar|borre|elimina|eliminar|elimine|destruye|destruir) (todo|todos los (archivos|ficheros|datos)|todas las carpetas)\b(?! (lo que|el código muerto|los imports))`,
    ),
    rule(String.raw`\b(cancella|cancellare|elimina|eliminare) (tutto|tutti i (file|dati))\b`),
    rule(
      String.raw`\b(apaga|apagar|apague|exclua|excluir|delete|deletar) (tudo|todos os (arquivos|ficheiros|dados))\b`,
    ),
    rule(String.raw`\b(verwijder|wis) (alles|alle (bestanden|gegevens))\b`),
    rule(String.raw`(удали|удалить|сотри|стереть|уничтожь) (все|всё|все файлы|все данные)(?!\p{L})`),
    /(删除|刪除|清空|删掉|刪掉)(掉)?(所有|全部|一切|整个|整個)(的)?(文件|檔案|数据|資料|东西|東西|目录|仓库|内容|$|[。！!])/u,
    /(所有|全部)(的)?(文件|檔案|数据|資料)(都)?(删除|刪除|删掉|刪掉|清空)/u,
    /(全て|すべて|全部|全ファイル|全データ)(の)?(ファイル|データ|もの|フォルダ)?を?(削除|消去|消して|消す)/u,
    /(모든|전부|전체) ?(파일|데이터|폴더|것)?(을|를)? ?(삭제|지워|제거)/u,
  ),
  ...wish(
    "disk",
    "asks to wipe a disk",
    rule(
      String.raw`\b(wipe|format|erase|zero|overwrite|repartition|reformat) (out )?(the |my |your |this |whole |entire |main |boot |hard |local )*(disk|disks|drive|drives|hard ?drive|hard ?disk|ssd|partition|partitions|partition table)\b(?! (usage|space|quota|cache|name|label|size))`,
    ),
    rule(
      String.raw`\b(formatiere?n?|lösche?n?|überschreibe?n?) (bitte )?(die |meine |ganze |gesamte )*(festplatte|platte|partition|ssd)\b`,
    ),
    rule(String.raw`\b(die |ganze )*(festplatte|partition|ssd) (formatieren|löschen|überschreiben)\b`),
    rule(
      String.raw`\b(formate|formater|formatez|efface|effacer|effacez) (le |mon |tout le )*(disque|disque dur|partition)\b`,
    ),
    rule(
      String.raw`\b(formatea|formatear|formatee|borra|borrar) (el |mi |todo el )*(disco|disco duro|partición)\b`,
    ),
    /(格式化|擦除|清空)(整个|整個|我的)?(硬盘|硬碟|磁盘|磁碟|分区|分區)/u,
    /(ディスク|ハードディスク|ドライブ|パーティション)(全体)?を?(フォーマット|初期化|消去)/u,
    rule(
      String.raw`(отформатируй|форматировать|отформатировать|сотри) (весь )?(диск|жесткий диск|жёсткий диск|раздел)`,
    ),
  ),
  ...wish(
    "database-destroy",
    "asks to destroy a database",
    rule(
      String.raw`\b(drop|delete|destroy|wipe|truncate|erase|nuke|purge) (the |our |my |entire |whole |all )*(production|prod|live|customer|staging|main|master)( |-)?(database|databases|db|dbs|data|tables|schema|cluster)\b`,
    ),
    rule(
      String.raw`\b(drop|destroy|wipe|nuke|erase) (the |our |my |this |entire |whole )*(database|db)\b(?! (column|index|constraint|migration|helper|wrapper|mock|connection|test|fixture|class|module))`,
    ),
    rule(
      String.raw`\b(drop|truncate|delete) all (the |our )?(tables|databases|collections|rows|records|users)\b(?! (in the (test|migration)|from the test))`,
    ),
    rule(
      String.raw`\b(lösche?n?|droppe?n?|leere?n?) (bitte )?(die |unsere |ganze |gesamte )*(produktions-?datenbank|prod-?datenbank|produktivdatenbank|datenbank)\b`,
    ),
    rule(
      String.raw`\b(die |ganze )*(produktions-?datenbank|produktivdatenbank|datenbank) (löschen|leeren|droppen)\b`,
    ),
    rule(
      String.raw`\b(supprime|supprimer|supprimez|efface|effacer|détruis|vide|vider) (la |notre |toute la )*(base de données|base de production|bdd)\b`,
    ),
    rule(
      String.raw`\b(borra|borrar|elimina|eliminar|vacía|vaciar) (la |nuestra |toda la )*(base de datos|bd)\b`,
    ),
    /(删除|刪除|清空|删掉|刪掉)(整个|整個|生产|生產|线上|線上)*(环境)?(的)?(数据库|資料庫)/u,
    /(本番|プロダクション)?(の)?(データベース|DB)を?(全部)?(削除|消去|ドロップ|消して)/u,
    rule(
      String.raw`(удали|удалить|сбрось|очисти) (всю |продакшн |боевую |рабочую )*(базу данных|бд|базу)(?!\p{L})`,
    ),
  ),
  ...wish(
    "git-history",
    "asks to overwrite what others have in the repository",
    rule(String.raw`\bforce(-| )?push(es|ing)?\b`),
    rule(String.raw`\bpush(es|ing)? … (--force|-f|with force|by force)(?![\w-])`),
    rule(String.raw`\bpush(es|ing)? (--force|-f|forcefully)(?![\w-])`),
    rule(
      String.raw`\b(rewrite|erase|delete|wipe|purge|squash) (the |our |entire |whole |all (of )?(the )?)*(git |commit |repo(sitory)? )?history (of|on) (main|master|the (main|remote|shared|repo|repository))\b`,
    ),
    rule(String.raw`\b(delete|drop|remove) (the |our )*(main|master|production|release) branch\b`),
    rule(String.raw`\bforciere?(n|s)? … push\b`),
    rule(String.raw`\b(mit gewalt|erzwungen(en)?|force-?) ?pushe?n?\b`),
    rule(String.raw`\b(push(e|er|ez)?|pousse[rz]?) (en force|de force|forcé)\b`),
    rule(String.raw`\b(push forzado|forzar (el )?push|fuerza (el )?push|haz(er)? (un )?force)\b`),
    /强制推送|強制推送|強制プッシュ|フォースプッシュ|강제 ?푸시/u,
  ),
  ...wish(
    "credentials",
    "asks to hand out secrets",
    rule(
      String.raw`\b(send|mail|email|e-mail|upload|post|forward|share|leak|exfiltrate|publish|paste|give|copy) (me |us |him |her |them |over |out |all |the |my |our |your |these |those |any |of )*((ssh|api|private|secret|access|aws|gpg|encryption|signing)( |-)?keys?|keys|passwords?|credentials|secrets|tokens|\.env( file)?|private key|id_rsa|\.ssh|password (file|hashes)) … (to|at|on|into|via|by) (?!(the )?(config|constructor|function|test|class|helper|docs|module|env|environment|vault|method|parser))`,
    ),
    rule(
      String.raw`\b(send|mail|email|e-mail|upload|post|forward|leak|exfiltrate|show|print|dump|reveal|tell) (me |us |all |the |my |our |your )*(ssh keys?|private keys?|passwords|api keys|aws keys|secret keys|access keys|id_rsa|password hashes|content of (the |my )?\.env|\.env( file)?|credentials)\b(?! (field|form|page|input|reset|prompt|dialog|validation|column|handling|strength|error|module|store|helper|class|component|test|in the (ui|form|settings|ui)))`,
    ),
    rule(
      String.raw`\b(schicke?n?|sende?n?|maile?n?|leite|lade) … ((ssh-|api-|privaten? )?schlüssel|passw(ort|örter)|zugangsdaten|geheimnisse|tokens?) (an|zu|nach|hoch|per)\b`,
    ),
    rule(
      String.raw`\b(envoie|envoyer|envoyez|transmets|transfère) (moi |les |tous les |mes |nos )*(clés?( ssh| api| privées?)?|mots de passe|identifiants|secrets) (à|vers|par)\b`,
    ),
    rule(
      String.raw`\b(envía|enviar|envíe|manda|mandar|sube) (me |las |los |todas las |mis )*(claves?( ssh| api| privadas?)?|contraseñas|credenciales|secretos) (a|por|al)(?!\p{L})`,
    ),
    /(发送|發送|上传|上傳|发给|發給|泄露)[^。！？\n]{0,12}(密钥|密鑰|密码|密碼|私钥|私鑰|凭证|憑證)|(密钥|密码|私钥|凭证)[^。！？\n]{0,8}(发送|发给|上传|发到)/u,
    /(鍵|秘密鍵|パスワード|認証情報|トークン)を[^。！？\n]{0,16}(送っ|送信|アップロード|公開)/u,
    rule(
      String.raw`(отправь|отправить|пришли|выложи) (мне |все |мои )*(ключи|пароли|секреты|токены)(?!\p{L})`,
    ),
  ),
  ...wish(
    "privilege",
    "asks to take the person's approval out of the way",
    rule(
      String.raw`\b(disable|skip|bypass|turn off|switch off|deactivate|circumvent|get around|ignore|remove|auto-?accept|auto-?approve) (all |the |any |every |your |these |my |of )*(approvals?|approval (step|steps|prompts?|gates?|requests?|checks?|hooks?|process)|permission (prompts?|checks?|questions?|requests?|gates?)|safety (checks?|rules?|policy|policies|hooks?|analysis)|security (policy|hooks?|prompts?)|confirmations?|sandbox(ing)?|guardrails)\b(?! (button|dialog|component|page|email|modal|window|in the (ui|tests?|form)|for the (form|button|dialog)))`,
    ),
    rule(String.raw`--?-?(dangerously-skip-permissions|dangerously-bypass-approvals-and-sandbox|yolo)\b`),
    rule(
      String.raw`\b(without|don'?t|do not|never|no) (asking|ask|asking me|ask me|wait(ing)?) (me |again )*(for )?(any |my |the )?(approval|permission|confirmation)s?\b`,
    ),
    rule(String.raw`\bbypass ?permissions\b`),
    rule(
      String.raw`\b(deaktiviere?n?|umgehe?n?|überspringe?n?|schalte) (bitte )?(alle |die |das |sämtliche )*(genehmigungen?|freigaben?|bestätigungen|sicherheits(prüfung|prüfungen|regeln)|rückfragen|sandbox)\b`,
    ),
    rule(
      String.raw`\b(désactive|désactiver|désactivez|contourne|contourner) (toutes |les |la |le )*(approbations?|confirmations?|autorisations?|validations? de sécurité|sécurités?|bac à sable)\b`,
    ),
    rule(
      String.raw`\b(desactiva|desactivar|desactive|omite|omitir|salta|saltar) (todas |las |los |la |el )*(aprobaciones|confirmaciones|permisos|comprobaciones de seguridad|aprobación|confirmación)(?!\p{L})`,
    ),
    /(关闭|關閉|禁用|跳过|跳過|绕过|繞過)(所有|全部)?(的)?(审批|審批|批准|权限|權限|安全|确认|確認)/u,
    /(承認|確認|許可|権限|安全)(の)?(チェック|プロンプト|手順)?を?(すべて|全て)?(無効|スキップ|回避|オフ)/u,
    rule(
      String.raw`(отключи|отключить|обойди|пропусти) (все )?(подтверждения|разрешения|проверки безопасности|проверку)(?!\p{L})`,
    ),
  ),
  ...wish(
    "infrastructure",
    "asks to destroy what runs for others",
    rule(
      String.raw`\b(destroy|tear down|terminate|delete|nuke|shut down|take down|kill|wipe) (all |the |our |my |every |entire |whole )*(production|prod|live)( |-)?(environment|cluster|server|servers|instances|infrastructure|deployment|namespace|stack|site|system|systems|app|service|services)?\b(?! (build|bundle|flag|config|mode|check|dependenc|code|test|branch|comment|console))`,
    ),
    rule(String.raw`\b(terraform destroy|kubectl delete (ns|namespace))\b`),
    rule(
      String.raw`\b(lösche?n?|zerstöre?n?|schalte|fahre?) (bitte )?(die |das |den |ganze |gesamte )*(produktion|produktivsystem|produktionsserver|produktionsumgebung|live-?system)\b`,
    ),
  ),
  ...wish(
    "resource",
    "asks for a fork bomb",
    rule(String.raw`\b(run|start|launch|execute) (a |the )*fork ?bomb\b`),
    /:\(\)\s*\{\s*:\s*\|\s*:\s*&\s*\}\s*;/u,
  ),
  ...wish(
    "delete-outside-workspace",
    "asks to run a command that deletes everything",
    /\brm\s+(-[a-zA-Z]+\s+)*-[a-zA-Z]*[rR][a-zA-Z]*\s+(--no-preserve-root\s+)?(\/|~\/?|\/\*|\$HOME|\*|\.)(?=$|[\s`"'.,;)])/u,
  ),
  ...wish(
    "disk",
    "asks to overwrite a disk",
    /\bdd\s+if=\S+\s+of=\/dev\/(sd|nvme|hd|vd|disk)/u,
    /\bmkfs(\.\w+)?\s+\/dev\//u,
  ),
]

/** What comes before a wish that turns it into its opposite, or into talk about it. */
const negated =
  /(\b(do not|don'?t|never|must not|mustn'?t|should(n'?t| not| never)|cannot|can'?t|won'?t|avoid|without|instead of|rather than|refuse to|prevents? (you |users |us |people |anyone )?(from )?|not to|nicht|niemals|kein\w*|ne|jamais|sans|no|nunca|sin|не)\s+(\w+\s+){0,2}|不要|别|不能|禁止|防止|避免)$/iu

/** What the whole sentence is about, when it only speaks of such a thing: code that does it, a question, a text. */
const aboutIt =
  /\b(explain|why (do|does|did|would|is|are)|what (does|happens|is|would)|how (do|does|to|can)|document|describe|detect|warn (about|when|before|if)|test (that|for|whether)|tests? (that|for)|write (a |an )?(test|regex|rule|doc|warning|script|function|button|dialog|endpoint|page|cli)|add (a |an |the )?(test|warning|confirmation|check|button|dialog|option|command|endpoint|feature|rule|flag|page|note|comment|guard|method|function|link|menu|setting|icon)|implement|refactor|rename|review|erkläre|warum|wieso|explique|pourquoi|explica|por qué|translate|parse|button|dialog|label|error message|todo list|unit test|fix (the )?(bug|typo|issue|crash|error))\b|解释|为什么|如何|説明|なぜ|объясни|почему/iu

/** Dangerous wishes in a request: of each kind the first, with the words that say it. */
export const wishesIn = (text: string): ReadonlyArray<Finding> => {
  const found = new Map<string, Finding>()
  for (const sentence of sentencesOf(text)) {
    if (sentence.length > 2_000) continue
    const about = aboutIt.test(sentence)
    for (const { class: name, reason, pattern } of wishes) {
      if (found.has(reason)) continue
      const match = pattern.exec(sentence)
      if (match === null || about || negated.test(sentence.slice(0, match.index))) continue
      found.set(reason, { class: name, reason: `${reason}: “${shown(match[0].trim())}”` })
    }
  }
  return found.size === 0
    ? [{ class: "read", reason: "wishes for nothing that is dangerous by itself" }]
    : [...found.values()]
}

/** Pieces of at most 2,000 characters, so that no search goes through a whole long text. */
const sentencesOf = (text: string): ReadonlyArray<string> =>
  text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .split(/(?<=[.!?。！？])\s+|\n{2,}|[。！？]/)
    .flatMap((sentence) => sentence.replaceAll(/\s+/g, " ").match(/.{1,1900}(?:\s|$)|.{1,1900}/gsu) ?? [])
    .slice(0, 5_000)
